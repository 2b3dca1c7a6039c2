"""A machine made slow: the desk within a tenth of a core and 128 MB, in a control group."""
