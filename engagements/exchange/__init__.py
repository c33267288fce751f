"""Files on their way in.

A file is *read* into records, a *profile* says what its columns mean, each record
becomes a row of typed values or a *remark* with a reason, a *plan* says what would
change, and only a *commit* writes; what one commit wrote can be undone for 7 days.
"""
