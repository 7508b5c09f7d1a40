"""Made-up minutes in the field's own forms: council systems, Scots, Welsh and North American habits. Nobody exists."""

WEB_PAGE = """\
Skip to main content
Larkham Council logo
Home > Meetings

Larkham Violence Reduction Board meeting minutes - 9 May 2023

Key information
Publication type: General

Board and advisors

Rosa Lind, Leader of Larkham, Chair

Sergeant Colin Reeve Larkham Police

1. Agreement of minutes

The minutes of 7 February 2023 were agreed.
"""

UNKNOWN_HEADING = """\
Fenwick Local Criminal Justice Board
Meeting held 15 June 2022 at Fenwick Magistrates' Court

Attendees
Judge Alison Crewe (Chair)   HMCTS
Bernard Osho                 CPS

Apologies for absence
Carys Nash                   Victim Support

Dialling in
Roz Kemble                   Legal Aid Agency

Officials observing
Ian Trodd                    Ministry of Justice

1   Welcome
1.1 The Chair welcomed everybody.
"""

ONE_BLANK = """\
Larkham Violence Reduction Board
Minutes of the meeting of 6 July 2021

Board and advisors
Rosa Lind, Leader of Larkham, Chair
Cllr Ruth Barton Larkham Homes
Sam Orton Larkham Homes
Sonia Vale CPS Clara Moss Youth Justice Board
Noel Banks Probation Service
Grace Tull Youth Work Manager
Tom Bell Larkham Police (on behalf of Ann Pike)

Apologies
Ann Pike Chief Inspector, Larkham Police
Julia Frost Assistant Director – Children, Schools and Complex Needs
1. Minutes & Matters Arising
Minutes of meeting held on 20.01.21 were agreed.
Data: GT said that the figures would be ready for the next one. ACTION: GT
"""

INITIALS_FIRST = """\
Hartwell Safety Partnership meeting minutes 24 January 2023

Tuesday 24 January 2023 – 2.00pm

SA Cllr. Simone Adair (Chair)
YO Yvette Osei (Hartwell DC)
DP Dai Prosser (Hartwell Police)

Apologies received:

Ranjit Gill (Probation Service)

Agenda item 1

SA welcomed everyone.

Agenda item 2

Needs assessment

Proposal that the assessment be adopted.

Agreed by unanimous vote.

ACTION: DP to publish it on the Partnership | Hartwell District Council page.
ACTION: To include reference to the new duty in the plan.
ACTION: Embed the learning in all priorities.
ACTION: Partners to report each quarter.
"""

COUNCIL_SYSTEM = """\
Skip to main content
Harbourne Council
Home > Council and democracy > Meetings
Agenda and draft minutes

Community Safety Scrutiny Panel - Tuesday, 11th June, 2024 6.30 pm
Venue: Committee Room 1, Civic Centre. View directions
Items
No.
Item

1
Apologies for Absence
Minutes:
Apologies were received from Councillors Adeyinka, Morse and Tully. Councillor Brook substituted for Councillor Tully.

2
Minutes of the Last Meeting PDF 311 KB
Minutes:
RESOLVED:
That the minutes of the meeting held on 12 March 2024 be agreed.

3
Knife Crime Review PDF 1 MB
To receive the report of the Assistant Director.
Minutes:
The Panel:
RESOLVED
1) To note the progress.
2) To ask the Cabinet Member to write to the Home Secretary.
Actions:
1) Head of Youth Service to circulate the map of provision (by 30 June).

The meeting ended at 8.15 pm
"""

SCOTS = """\
GLENARDOCH COMMUNITY JUSTICE AUTHORITY
Minutes of meeting held in the Burgh Halls, Glenardoch on 7
March 2019

Chair:
Councillor M Sinclair, East Glen Council (Convener)

Councillors Present:
East Glen Council
B Petrie, T Lumsden
West Glen Council
G Murray

Councillor’s Apology:
West Glen Council
H Munro

Attending:
Glenardoch Community Justice Authority
S Tait, Chief Officer; E Laing, Clerical Assistant

1 Minute of Previous Meeting
   The minutes of the meeting held on 6 December
   2018 were submitted.
  The Authority decided:                that the minutes be approved.

2 Bail Supervision
  The Authority decided:-
  (1)  to extend bail supervision to the whole area; and
  (2)  to report back in June.
"""

WELSH = """\
BWRDD DIOGELWCH DYFFRYN / DYFFRYN COMMUNITY SAFETY BOARD
Dyddiad / Date: 14 Mehefin / June 2022
Amser / Time: 10:00am

Yn Bresennol / Present:
Cyng. / Cllr Eleri Vaughan (Cadeirydd / Chair)
Gwyn Parry, Heddlu Dyfed / Police

Ymddiheuriadau / Apologies:
Aled Wyn, Gwasanaeth Prawf / Probation Service

1. Cofnodion / Minutes
PENDERFYNWYD / RESOLVED: that the minutes of 9 March 2022 be approved.

2. Trais yn y cartref / Domestic abuse
CAM GWEITHREDU / ACTION: GP to share the arrests data by 30 June 2022.
"""

ROLL_CALL = """\
LAKE COUNTY CRIMINAL JUSTICE COORDINATING COUNCIL
March 9, 2022 - 8:30 AM

I. ROLL CALL

Attendee Name          Organization              Title              Status
Denise Walker          Lake County Court         Chair              Present
Tamika Jones           Public Defender           Vice Chair         Absent
Rob Pruitt             Lake County               Administrator      Present

II. NEW BUSINESS

1. Pretrial Services Contract

Motion to approve the pretrial services contract for one year.

RESULT:     ADOPTED [2 TO 1]
MOVER:      Rob Pruitt, Administrator
SECONDER:   Denise Walker, Chair
AYES:       Walker, Pruitt

2. Jail Population Report

The Sheriff reported 214 inmates.

RESULT:     DISCUSSED

3. Drug Court Fees

Motion to waive drug court fees for 2022.

RESULT:     DEFEATED [1 TO 2]
MOVER:      Denise Walker, Chair

Mr. Pruitt moved and Ms. Walker seconded to adjourn. Motion carried.
"""

LETTERED = """\
                         LARKHAM PROBATION BOARD

            Minutes of the meeting held at Great Street
                     on Thursday 25 January 2007

Present:             Suhail Odell (Chair)
                     David Storr

1.      Preliminaries

a)      Welcomes – The Chair announced that it was his last meeting.

b)      Apologies – received from Sue Carr, Viv Ahmed, Pauline Swann-Webb and
        Adrian Smythe.

                                          Page 1 of 10

2.          Minutes of previous meeting – 23 November 2006

           Following minor amendments the minutes were approved.
"""

TRICKY = """\
Castleford Prevent Board
Minutes of meeting held Tuesday 9 May 2023

Present: Ines Kaya (Chair), PC Mark Stead
Apologies for lateness: Hari Bose

1. Welcome
Ines Kaya introduced Hari Bose, who had joined the council in April.
Apologies for absence had been received from Gail Dunne, with Steve Orr attending in her place.

2. Training
It was noted that Action Fraud had run a session.
It was agreed in 2021 that rates would rise each year.
May Street and Hope Road would be leafleted.
ACTION: Review Terms of Reference to reflect the new duty.
ACTION: Mark Stead to write to schools by Friday 26 May.
ACTION: Ines Kaya to book the hall by Friday 27 May.
"""
