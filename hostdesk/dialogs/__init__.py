"""The small forms that stand over a screen: one line and Enter is enough, and Esc takes nothing away."""
