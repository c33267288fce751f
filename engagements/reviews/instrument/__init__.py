"""The instrument: what people are asked, in which words, on which scale.

content   what a version consists of; reading and checking it
library   the versions that come with the application
"""
