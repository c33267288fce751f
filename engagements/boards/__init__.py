"""Advisory boards: a supplier's clients tell it together what none would say alone.

states   what may be done in which state, and by whom
rights   what the host's people and those who sit may do
door     who enters /b/, asked again at every request
loop     what became of a board's recommendations: rates of a cohort, pure

What is said in the closed room (`engagements.models.rooms`) is read by modules whose
name begins with "room" alone, all of them behind the door.
"""
