"""Joint issues: problems both sides own, without a word of whose they are.

states   what may be done in which state, and by whom
people   who speaks for each side, with or without a sign-in
links    the signed link of a side: /i/
mails    what each side is asked and told
"""
