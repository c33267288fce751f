"""Invented names and sentences; no real company, no real person.

The words of a demo are data, like the rows they fill; they are not translated.
"""

HOST = "Tarnmoor Services"
PARTNER = "Hollin Vale Hospitals"

# Clients of the host, most valuable first: name, what it runs, country.
CLIENTS = [
    (PARTNER, "Critical plant maintenance", "GB"),
    ("Quillbrook Foods", "Cold chain maintenance", "GB"),
    ("Merrow Water", "Pumping stations", "GB"),
    ("Tessaly Data Halls", "Cooling and power", "IE"),
    ("Norrbeck Ports", "Crane upkeep", "SE"),
    ("Culverden Logistics", "Night-site facilities", "GB"),
    ("Veldane Biologics", "Clean-room services", "DE"),
    ("University of Ravenmere", "Estates helpdesk", "GB"),
    ("Marlpit Breweries", "Bottling line care", "GB"),
    ("Pennant and Sorrel Stores", "Shop fitting", "GB"),
    ("Ostrava Glassworks of Lindern", "Furnace watch", "AT"),
    ("Kestrel Vale Rail", "Depot cleaning", "GB"),
    ("Brinewater Aquaria", "Life-support plant", "NL"),
    ("Hartsmoor Council", "Public buildings", "GB"),
    ("Corvane Insurance", "Office services", "FR"),
    ("Thistledown Care Homes", "Catering plant", "GB"),
    ("Aldermere Theatres", "Stage machinery", "GB"),
    ("Fennimore Paper", "Boiler house", "SE"),
    ("Sablecross Mining", "Remote camps", "AU"),
    ("Wexcombe Airport", "Baggage hall", "GB"),
]
# Organisations that serve the host: the same person is a client here.
SUPPLIERS = [
    ("Loomis Ferrand Software", "Field scheduling system", "FR"),
    ("Greyfriars Fleet", "Vans and charging", "GB"),
    ("Pallister Staffing", "Weekend engineers", "GB"),
    ("Ninefold Parts", "Spare parts", "DE"),
]
# The partner's other suppliers, seen by the partner alone.
PARTNER_SUPPLIERS = [
    ("Averley Linen", "Linen and laundry", "GB"),
    ("Cobalt Meridian Imaging", "Scanner upkeep", "GB"),
    ("Duxbury Catering", "Patient meals", "GB"),
]
FIRST = [
    "Ada", "Anders", "Beatriz", "Callum", "Chidi", "Dana", "Edwin", "Elif", "Farah",
    "Gareth", "Hanna", "Imran", "Isolde", "Jakub", "Keira", "Lena", "Luis", "Mairi",
    "Marek", "Nadia", "Niamh", "Oskar", "Paloma", "Petra", "Quentin", "Rafael",
    "Rosa", "Samir", "Saskia", "Tomasz", "Uma", "Viktor", "Wilma", "Yusuf", "Zofia",
]  # fmt: skip
LAST = [
    "Abara", "Aldous", "Bergstrand", "Blythe", "Castellan", "Dunmore", "Eklund",
    "Fairweather", "Ferreira", "Galloway", "Haldane", "Ibarra", "Jansson", "Kowal",
    "Lindqvist", "Marchetti", "Nakamura", "Okafor", "Pemberly", "Quist", "Raman",
    "Sandoval", "Thorne", "Ulrich", "Varga", "Whitlock", "Yilmaz", "Zielinski",
]  # fmt: skip
TITLES = [
    "Head of estates", "Operations director", "Compliance manager", "Contract lead",
    "Duty manager", "Finance partner", "Deputy chief operating officer",
    "Service delivery manager", "Procurement lead", "Site manager",
]  # fmt: skip
STEMS = [
    "Alder", "Birken", "Cald", "Dun", "Eden", "Fair", "Glen", "Hollow", "Isling",
    "Kerr", "Lang", "Mill", "North", "Oaken", "Pen", "Rook", "Stan", "Thorn", "Under",
    "Wether", "Yarrow",
]  # fmt: skip
ENDINGS = [
    "beck", "bourne", "combe", "dale", "field", "gate", "holm", "leigh", "marsh",
    "moor", "ridge", "stead", "thwaite", "wick", "worth",
]  # fmt: skip
TRADES = [
    "Bakeries", "Clinics", "Colleges", "Dairies", "Energy", "Fibres", "Foundry",
    "Freight", "Gardens", "Housing", "Instruments", "Lending", "Media", "Optics",
    "Pensions", "Pharmacy", "Press", "Shipping", "Textiles", "Timber",
]  # fmt: skip

# What people say to each other, by topic; {thing} and {place} are filled in.
SAID = {
    "delivery": [
        "The {thing} ran without a stop this week. They noticed, and said so.",
        "Two visits to {place} slipped by a day. We moved the crew and rang ahead.",
        "They want the {thing} report a day earlier so that their board can read it.",
        "{place} is quiet again after the repair to the {thing}.",
    ],
    "price": [
        "They asked what the index means for next year. Promised a page of figures.",
        "Talked about the cost of nights at {place}; both of us will count the calls.",
        "The last invoice had {place} on it twice. Corrected while we spoke.",
    ],
    "improvement": [
        "Walked {place} together and found three ways to shorten the {thing} check.",
        "They would try remote readings for the {thing} at {place} for a month.",
        "Idea from their side: one shared board for {place} instead of two lists.",
    ],
    "contract": [
        "They wonder whether to extend. The {thing} matters more to them than price.",
        "Went through the notice dates together. Nobody wants to leave it to the end.",
        "Their lawyers ask for one wording on access to {place} for both sides.",
    ],
    "problem": [
        "The alarm on the {thing} reached {place} before us. Looking at why.",
        "The {thing} stopped for two hours. Both desks were told late.",
        "Third call about the {thing} at {place} this month; agreed to look together.",
    ],
    "people": [
        "A new lead starts at {place} on Monday; handed over with both of them there.",
        "They miss a named weekend contact for {place}.",
        "Good words about the crew at {place}. Passed them on.",
    ],
    "strategy": [
        "They open a second site next year and want us in the planning from the start.",
        "They asked where we see the {thing} in three years. Told them plainly.",
    ],
}
THINGS = [
    "chiller", "boiler", "lift", "generator", "pump set", "compressor", "rota",
    "access system", "water treatment", "cold store", "switch room", "air plant",
]  # fmt: skip
PLACES = [
    "the north site", "theatre 4", "the night depot", "line 2", "the main kitchen",
    "the east ward", "hall B", "the quay", "the laboratory", "the control room",
]  # fmt: skip
STEPS = [
    "Send the weekend rota", "Ring about the {thing}", "Draft the options paper",
    "Ask finance for the figures", "Book a walk round {place}", "Reply on access",
]  # fmt: skip
PROMISES = [
    ("Publish call-out times for {place}", "Times on the shared board every Monday"),
    ("Name a weekend duty lead", "Name and number with both desks"),
    ("Give ten days' notice of closures at {place}", "No visit turned away"),
    ("Test the {thing} alarm together", "Both desks ring within two minutes"),
    ("Correct the list of plant at {place}", "List signed by both sides"),
    ("Bring inspection reports into one form", "Auditor reads them without us"),
]
AGENDAS = [
    "Open promises\nThe last month in figures\nWhat we would change",
    "Weekend cover\nNotice dates\nIdeas from either side",
]
