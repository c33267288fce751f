"""The ongoing work of one client and one supplier, the two sides face to face.

A side is acted on by the organisation itself, by its keeper while nobody has claimed
it, or by nobody. Each side has a team of people with dated roles, and one owner: its
interface person unless somebody else was chosen.
"""
