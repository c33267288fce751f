"""Two-sided health reviews: both sides answer the same about what they share.

instrument   what is asked: versions as documents
calendar     when waves fall
states       which state leads to which, and who takes a review there
frozen       what the database itself refuses
links        answering, confirming, facilitating without an account
responses    where answers stand while a review asks
ratings      from stored answers to the arithmetic
turnout      how many took part, for the clock alone
scoring      the arithmetic, pure
results      what is read from a closed review, frozen
current      how a relationship is today, from its last waves; reasons, health_words
figures      the same kept on each side's row
explanation  the page that says how figures are computed
"""
