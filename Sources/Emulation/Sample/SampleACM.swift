extension World {
    /// ACM: America/Phoenix, which knows no daylight saving; the usual names of columns; no calendar yet.
    mutating func addSampleACM() {
        let database = addDatabase(
            "ACM events",
            properties: [
                NotionProperty("Name", id: "title", type: "title"),
                NotionProperty("Date", id: "%5BWk%3F", type: "date"),
                NotionProperty("Location", id: "b%7Dq%60", type: "select", configuration: places),
                NotionProperty("Description", id: "iK%3DN", type: "rich_text"),
                NotionProperty("Published", id: "pUbL", type: "checkbox"),
                NotionProperty("Repeats", id: "rPt%3E", type: "rich_text"),
                NotionProperty("Type", id: "tYpE", type: "select", configuration: kinds),
            ],
            id: "6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e"
        )
        let columns = SampleColumns(kind: "Type", published: "Published", recurrence: "Repeats")
        add(timedRows + dayRows + oddRows, to: database, columns: columns)
    }

    private var kinds: JSONValue {
        ["options": .array(["Workshop", "Social"].map { NotionProperty.option($0) })]
    }

    private var places: JSONValue {
        let names = ["Room 101", "Memorial Union", "BYENG 210"]
        return ["options": .array(names.map { NotionProperty.option($0) })]
    }

    private var timedRows: [SampleRow] {
        [
            SampleRow(
                "Compilers 101: parsing",
                "2026-12-01T18:00:00.000-07:00",
                to: "2026-12-01T19:30:00.000-07:00",
                at: "Room 101",
                about: [
                    RichText.item("Speaker: "),
                    RichText.mention(
                        "user",
                        ["object": "user", "id": "5ee069d7-88da-51e9-a471-6cfe7f3fff0c"],
                        plainText: "@Ada Okafor"
                    ),
                    RichText.item(". Slides after "),
                    RichText.mention("date", NotionProperty.date("2026-12-02"), plainText: "2026-12-02"),
                    RichText.item(". Be on time: "),
                    RichText.equation("t < t_0"),
                    RichText.item(". See "),
                    RichText.item("the notes", link: "https://example.org/compilers?week=1&lang=en"),
                    RichText.item(" for <grammar> & friends.\nBring a laptop.", bold: true),
                ]
            ),
            SampleRow("Git from scratch", "2026-12-03T17:00:00.000-07:00", at: "BYENG 210").of("Workshop"),
            SampleRow(
                "Remote Q&A with alumni",
                "2026-12-04T17:00:00.000",
                to: "2026-12-04T18:00:00.000",
                zone: "America/Los_Angeles",
                about: RichText.value("Wall time of Los Angeles: an hour later in Phoenix.")
            ),
            SampleRow("Interview practice", "2026-12-08T01:30:00.000+00:00", to: "2026-12-08T03:00:00.000+00:00"),
            SampleRow(
                "New Year's countdown",
                "2026-12-31T22:00:00.000-07:00",
                to: "2027-01-01T00:30:00.000-07:00",
                at: "Memorial Union"
            ),
            SampleRow(
                "Study hall",
                "2027-01-11T16:00:00.000-07:00",
                to: "2027-01-11T18:00:00.000-07:00",
                at: "BYENG 210"
            )
            .repeating("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271208\nEXDATE:20270118,20270315"),
            SampleRow("Panel with New York", "2027-03-14T02:30:00.000", zone: "America/New_York"),
        ]
    }

    private var dayRows: [SampleRow] {
        [
            SampleRow(
                "Career fair",
                "2026-12-10",
                at: "Memorial Union",
                about: RichText.value("Forty employers, two floors.")
            ),
            SampleRow(
                "SunHacks hackathon",
                "2027-01-22",
                to: "2027-01-24",
                about: RichText.value("Three days, Friday to Sunday.")
            ),
            SampleRow("Winter break", "2026-12-21", to: "2027-01-08"),
            SampleRow("Leap day social", "2028-02-29").of("Social"),
            SampleRow("Leap week", "2028-02-28", to: "2028-03-01"),
        ]
    }

    private var oddRows: [SampleRow] {
        let sentence = "Registration opens at nine. Bring a laptop, a charger and your student card. "
        return [
            SampleRow(
                "Fête 🎉 日本語 — النادي 👩‍💻 e\u{301}",
                "2026-12-05T01:30:00.000+00:00",
                at: "Memorial Union",
                about: RichText.value(String(repeating: sentence, count: 120))
            ),
            SampleRow("", "2027-02-02", about: RichText.value("A page without a title.")),
            SampleRow("Some day: trip to the observatory"),
            SampleRow("Cancelled picnic", "2027-02-14").trashed(),
            SampleRow("Pub quiz, if we find a pub", "2027-02-20").draft(),
        ]
    }
}
