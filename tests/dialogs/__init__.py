"""The small forms over a screen: a wish, a plan, a question, a reason, a number; and the questions asked."""
