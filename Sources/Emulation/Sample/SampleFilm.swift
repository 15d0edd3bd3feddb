extension World {
    /// The calendar of the film club: made by a person, filled by hand and by the predecessor.
    static let filmCalendar = "c4f1m2c3l4u5b6q7m8s9t0u1v2@group.calendar.google.com"

    /// Film: Asia/Kolkata, half an hour beside the others; two data sources; a calendar that was there before us.
    mutating func addSampleFilm() {
        let database = addDatabase(
            "Film club",
            properties: NotionProperty.events,
            id: "c94e1f5b-83a6-4d27-b1f9-70a2d8e34c56"
        )
        let archive = addDataSource(to: database, "Archive 2025")
        add(screenings, to: database, columns: SampleColumns())
        add(
            [SampleRow("Old: Pather Panchali", "2025-03-01"), SampleRow("Old: Mother India", "2025-04-12")],
            to: archive,
            columns: SampleColumns()
        )
        addFilmCalendar()
    }

    private var screenings: [SampleRow] {
        [
            SampleRow(
                "Pyaasa (1957)",
                "2026-12-06T18:30:00.000+05:30",
                to: "2026-12-06T21:00:00.000+05:30",
                at: "Auditorium"
            ),
            SampleRow("Festival: three nights of Ray", "2026-12-18", to: "2026-12-20", at: "Open air")
                .identified(World.festivalPage),
            SampleRow("Editing workshop", "2027-01-09T10:00:00.000+05:30", at: "Lab 2"),
            SampleRow("Midnight screening", "2027-01-01T00:00:00.000+05:30", to: "2027-01-01T02:30:00.000+05:30"),
            SampleRow(
                "Talk from London",
                "2027-03-28T00:30:00.000",
                to: "2027-03-28T02:30:00.000",
                zone: "Europe/London"
            ),
            SampleRow("Holi break", "2027-03-22"),
            SampleRow(
                "शोले — anniversary 🎬",
                "2027-08-15T17:00:00.000+05:30",
                to: "2027-08-15T20:24:00.000+05:30",
                at: "Auditorium"
            ),
            SampleRow("Short film deadline", "2027-09-30T23:59:00.000+05:30"),
            SampleRow("Year-end marathon", "2027-12-30", to: "2028-01-02"),
            SampleRow("Committee, date open"),
        ]
    }

    /// The page that the predecessor had put into the calendar, a day short.
    private static let festivalPage = "e3065d49-fd98-4404-93d2-ea30150091fc"

    private mutating func addFilmCalendar() {
        let officer = "officers.film@example.org"
        addPerson(officer)
        let calendar = addCalendar(
            "Film Club",
            timeZone: "Asia/Kolkata",
            description: "Screenings and workshops.",
            owner: officer,
            sharedWith: [World.serviceAccount: .owner],
            id: World.filmCalendar
        )
        addEvent(
            to: calendar,
            "Projector maintenance",
            start: "2026-12-07T09:00:00+05:30",
            end: "2026-12-07T11:00:00+05:30",
            id: "4q2m8s6t1u3v5a7b9c2d4e6f0p",
            creator: officer,
            fields: ["description": "Made by hand: nobody else's business.", "colorId": "5"]
        )
        addEvent(
            to: calendar,
            "Festival: three nights of Ray",
            start: "2026-12-18",
            end: "2026-12-20",
            marks: ["notionPageId": World.festivalPage],
            id: "0p4q2m8s6t1u3v5a7b9c2d4e6f",
            creator: "old-sync@legacy-project.iam.gserviceaccount.com"
        )
    }
}
