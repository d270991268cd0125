"""Following a search by e-mail: its pages, and the words of its mails."""
