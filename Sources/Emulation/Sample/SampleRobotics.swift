extension World {
    /// Robotics: Europe/Berlin with its daylight saving, columns in German, the place as text; no calendar yet.
    mutating func addSampleRobotics() {
        let database = addDatabase(
            "Robotik-Veranstaltungen",
            dataSource: "Veranstaltungen",
            properties: [
                NotionProperty("Titel", id: "title", type: "title"),
                NotionProperty("Wann", id: "w%40nn", type: "date"),
                NotionProperty("Ort", id: "0rt%3B", type: "rich_text"),
                NotionProperty("Beschreibung", id: "b3s%7C", type: "rich_text"),
                NotionProperty("Anmeldeschluss", id: "aNm%5E", type: "date"),
                NotionProperty("Wiederholung", id: "w1ed%7D", type: "rich_text"),
                NotionProperty("Stand", id: "st4nd", type: "status", configuration: states),
            ],
            id: "b7d3f0a2-5c1e-4f68-9a40-2e8d61c5f013"
        )
        let columns = SampleColumns(
            location: "Ort",
            description: "Beschreibung",
            locationIsOption: false,
            kind: "Stand",
            deadline: "Anmeldeschluss",
            recurrence: "Wiederholung"
        )
        add(changeOfClocksRows + usualRows, to: database, columns: columns)
    }

    private var states: JSONValue {
        ["options": .array(["geplant", "abgesagt"].map { NotionProperty.option($0) })]
    }

    /// Around the last Sundays of March and October, when the clocks change.
    private var changeOfClocksRows: [SampleRow] {
        [
            SampleRow(
                "Nachtbau vor der Umstellung",
                "2027-03-27T23:00:00.000+01:00",
                to: "2027-03-28T04:00:00.000+02:00",
                at: "Werkstatt"
            ),
            SampleRow("In der Lücke", "2027-03-28T02:30:00.000", to: "2027-03-28T03:30:00.000", zone: "Europe/Berlin"),
            SampleRow("Sommerzeit-Frühstück", "2027-03-28", at: "Mensa"),
            SampleRow("In der doppelten Stunde", "2027-10-31T02:30:00.000", zone: "Europe/Berlin"),
            SampleRow("Zweite doppelte Stunde", "2027-10-31T02:30:00.000+01:00"),
            SampleRow("Langes Wochenende", "2027-10-30", to: "2027-11-01"),
        ]
    }

    private var usualRows: [SampleRow] {
        [
            SampleRow(
                "Löten für Anfänger",
                "2026-12-02T18:00:00.000+01:00",
                to: "2026-12-02T20:00:00.000+01:00",
                at: "Werkstatt, Straße des 17. Juni 135"
            ),
            SampleRow(
                "Mitgliederversammlung",
                "2027-01-20T19:00:00.000+01:00",
                at: "Hörsaal 3",
                about: RichText.value("Wahl des Vorstands.\nBitte pünktlich!")
            ),
            SampleRow(
                "Offene Werkstatt",
                "2027-03-03T18:00:00.000+01:00",
                to: "2027-03-03T21:00:00.000+01:00",
                at: "Werkstatt"
            )
            .repeating("every 2 weeks on Wed until 2027-11-30"),
            SampleRow("RoboCup-Vorentscheid", "2027-05-14", to: "2027-05-16", at: "Messe").until("2027-04-30"),
            SampleRow("Sommerfest", "2027-07-03T15:00:00.000+02:00", to: "2027-07-03T23:59:00.000+02:00")
                .of("abgesagt"),
            SampleRow("Silvester-Drohnenschau", "2027-12-31T23:30:00.000+01:00", to: "2028-01-01T00:15:00.000+01:00"),
            SampleRow(
                "Gastvortrag aus Sydney",
                "2027-04-04T20:00:00.000",
                to: "2027-04-04T21:30:00.000",
                zone: "Australia/Sydney"
            ),
        ]
    }
}
