"""Ideas from either side: given, answered by the other with a reason, tried.

states      which answer leads where
answering   giving an idea and all that is said to it
figures     open-mindedness: days to the first answer, share tried, per direction
"""
