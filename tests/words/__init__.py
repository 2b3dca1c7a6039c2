"""Every text is there in Dutch too, complete and in the words of the glossary."""
