"""The screens, each behind its own key; none knows another."""
