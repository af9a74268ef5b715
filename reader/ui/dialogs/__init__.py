"""Questions and views over the screen: yes or no, a note, the help, what to add."""
