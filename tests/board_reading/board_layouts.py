"""Made-up minutes in layouts that boards use and the London papers do not show. Nobody in them exists."""

COMMITTEE = """\
ANYTOWN DISTRICT COUNCIL

CRIME AND DISORDER SCRUTINY COMMITTEE

Minutes of the meeting held on Wednesday 12 June 2024 at 6.30 pm in the Council Chamber, Town Hall, Anytown

PRESENT: Councillor Brown (Chair), Councillors Green, Hughes, Patel and White

ALSO PRESENT: Councillor Jane Marsh (Cabinet Member for Community Safety), Superintendent Paul Reed (Northshire Police)

OFFICERS: Ruth Webb (Head of Community Safety), Ian Cole (Democratic Services Officer)

45. APOLOGIES FOR ABSENCE

Apologies for absence were received from Councillors Turner and Walsh.

46. DECLARATIONS OF INTEREST

There were no declarations of interest.

47. MINUTES

RESOLVED: That the minutes of the meeting held on 13 March 2024 be approved as a correct record and signed by the Chair.

48. KNIFE CRIME ACTION PLAN

The Head of Community Safety introduced the report. Members discussed the rise in possession offences and asked
about the youth work offered in the holidays. The Superintendent explained that 62% of the knives found had been
bought online.

RESOLVED: That

(a) the report be noted;
(b) the action plan be approved, subject to a further report on youth work; and
(c) the Head of Community Safety report to the September meeting on test purchases.

49. ANY OTHER URGENT BUSINESS

There was none.

The meeting closed at 8.15 pm.
"""

PARTNERSHIP = """\
Eastvale Community Safety Partnership
Minutes of Strategic Group Meeting
Date: 5th November 2023
Time: 10:00 - 12:00
Venue: Fire Station, Mill Lane

Attendees:
Name | Role | Organisation
Helen Wood (HW) | Chair, Chief Executive | Eastvale Council
Amir Shah (AS) | Chief Inspector | Northshire Police
Lucy Grant (LG) | Head of Probation Delivery Unit | Probation Service
Tom Bell (TB) | Station Manager | Northshire Fire and Rescue

Apologies: Nina Ward (NHS Integrated Care Board), Carl Moss (Housing)

1. Welcome and introductions
HW welcomed everyone to the meeting.

2. Minutes of the last meeting and actions
The minutes of the meeting on 3 August were agreed as accurate.

3. Serious violence duty
AS presented the needs assessment. It was agreed that the partnership will commission a new outreach service.
LG offered to bring a paper on resettlement to the next meeting.
JB asked about funding.

Action | Owner | Due
Share the needs assessment with members | AS | 30 November 2023
Draft the outreach specification | HW and LG | January 2024
Arrange a workshop on data sharing | All | TBC

4. Date of next meeting
Tuesday 6 February 2024, 10am, Fire Station
"""

NUMBERED = """\
Northshire Violence Reduction Board
Notes of the meeting of Thursday, 18th January 2024, 2pm-4pm, Microsoft Teams

In attendance: Sally Price (Chair, OPCC), Omar Khan (Northshire Police), Beth Lowe (Public Health), Dev Nair (YJS)
Apologies: Fiona Hart (CPS); Greg Stone, HMPPS

1 Welcome and apologies
1.1 The Chair welcomed everyone and noted the apologies.

2 Minutes and matters arising
2.1 Minutes of the meeting held on 19 October 2023 were approved subject to an amendment to paragraph 3.2.
2.2 All actions were completed.

5 Hospital navigators
5.1 BL reported that 212 of 540 young people (39%) accepted support.
5.2 The Board approved funding of £145,000 for 2024/25.
5.3 Members felt the results were encouraging.
ACTION 3: BL to circulate the evaluation by 1 March 2024.
ACTION 4: Chair to write to the Home Office.
5.4 ON will speak to the hospital.

6 Any other business
6.1 None.

Next meeting: 18 April 2024 at 14:00
"""

BULLETS = """\
Westmoor Police and Crime Board – Minutes
Held at Westmoor House on Monday 3rd March 2025

Present:
- Rosa Field, Police and Crime Commissioner (Chair)
- Chief Constable Neil Frost, Westmoor Police
- Grace Holt, Chief Finance Officer, OPCC

In attendance:
- Will Pace – Head of Performance, OPCC
- Ann Dale – Minute taker

Apologies: none

Performance report
• NF presented the quarterly figures. Burglary fell by 12%.
• The PCC asked that a breakdown by district be provided to the next meeting.
• GH said that the budget was tight.

Estates strategy
• The Board agreed to defer the estates strategy until May 2025. (Action: GH)
• WP will circulate the options paper within two weeks.

The next meeting will be held on 2 June 2025 at 1.30pm.
"""

WRAPPED_TABLE = """\
SOUTHERN VALLEY SAFER COMMUNITIES BOARD

Tuesday 10 September 2024, 9:30am
Civic Offices

Present:      Kate Lloyd       Leader              Southern Valley Council
              Marcus Bright    Superintendent      Valley Police
              Olivia Penn      Director            Safe Haven Trust

Apologies:    Simon Frith      Regional Manager    Probation Service

ITEM 1: Domestic abuse strategy

The Board considered the draft strategy and agreed to adopt it. Olivia Penn undertook to
share the survivors' survey by the end of October. The Board noted that demand for refuge
places had risen and that the figures for the last quarter were not yet complete.

Action                                     Owner            By when
Publish the strategy on the website        Kate Lloyd       End of September 2024
Report on refuge places, with figures      Olivia Penn      Next meeting
for each district

ITEM 2: Next meeting

10 December 2024, 9:30am, Civic Offices
"""
