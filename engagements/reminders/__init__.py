"""What is due anywhere, whom to tell, and how a promise to remind is kept.

recipients  who is told, with deputies; never a disabled account
rules       one short function each: what is due and has no row
planning    give every due thing its rows, once
digest      one mail a person a day
rounds      one round: sweep, plan, give back, deliver
"""
