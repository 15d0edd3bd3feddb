import ReconcileModel
import Serving
import TestSupport

/// Contents of the status page in which everything occurs.
enum StatusPageSamples {
    static let now = Timestamp.day(2, hour: 18)

    static let busy = StatusPageContent(
        now: now,
        version: "0.1.0",
        baseURL: "https://calendar.example.org",
        organizations: [
            OrganizationStatus(
                prefix: "acm",
                name: "ACM",
                state: .syncing,
                calendar: CalendarID(rawValue: "c4f1m2c3@group.calendar.google.com"),
                eventCount: 15,
                syncs: OrganizationStatus.Syncs(
                    last: now.adding(seconds: -720),
                    result: "2 created, 1 updated, 0 deleted",
                    next: now.adding(seconds: 180)
                ),
                warnings: OrganizationStatus.Warnings([
                    "The page of 2 February 2027 has no title; it is shown as \"Untitled\".",
                    "A description is longer than Google allows and was cut.",
                ])
            ),
            OrganizationStatus(
                prefix: "film",
                name: "Film & Fernsehen “शोले” 🎬 – the society for moving pictures of every kind",
                state: .failed(
                    "The database is not shared with the integration. Share it in Notion: ••• → Connections."
                ),
                calendar: CalendarID(rawValue: "film@group.calendar.google.com"),
                eventCount: 9,
                syncs: OrganizationStatus.Syncs(
                    last: now.adding(seconds: -93_600),
                    result: "nothing to change",
                    next: now.adding(seconds: 300)
                )
            ),
            OrganizationStatus(
                prefix: "robotics",
                name: "Robotik AG",
                state: .onHold(RunID(rawValue: 41)),
                eventCount: 1,
                syncs: OrganizationStatus.Syncs(last: now.adding(seconds: -40))
            ),
            OrganizationStatus(prefix: "chess", name: "Chess Club", state: .paused, eventCount: 0),
            OrganizationStatus(prefix: "alumni", name: "Alumni", state: .inactive),
        ],
        runs: [
            run(44, kind: "schedule", outcome: nil, finished: nil),
            run(43, kind: "webhook", created: 2, updated: 1),
            run(42, kind: "sync", outcome: "failed", created: 1, failed: 2),
            run(41, kind: "undo", updated: 3, deleted: 4, finished: 95),
            run(40, kind: "apply", outcome: "stopped"),
            run(39, kind: "apply", created: 15, updated: 4, deleted: 1),
            run(38, kind: "schedule"),
        ],
        problems: ["orgs.d/drama.yaml:3:1: unknown key \"prefx\"; did you mean \"prefix\"?"],
        notice: "There is no Google key: set GOOGLE_SERVICE_ACCOUNT and start the service again."
    )

    /// Texts that would be markup.
    static let hostile: StatusPageContent = {
        let text =
            "\"\u{301} onclick=\"alert(1) '\u{301} <script>alert(1)</script> &amp; <\u{301}b> {{version}} \u{0}\u{7F}"
        var content = busy
        content.organizations = [
            OrganizationStatus(
                prefix: text,
                name: text,
                state: .failed(text),
                calendar: CalendarID(rawValue: text),
                syncs: OrganizationStatus.Syncs(result: text),
                warnings: OrganizationStatus.Warnings([text])
            )
        ]
        content.runs = [run(1, kind: text, outcome: text)]
        (content.problems, content.notice, content.version, content.baseURL) = ([text], text, text, text)
        return content
    }()

    static func run(
        _ number: Int,
        kind: String = "schedule",
        outcome: String? = "success",
        created: Int = 0,
        updated: Int = 0,
        deleted: Int = 0,
        failed: Int = 0,
        finished seconds: Int? = 4
    ) -> RunRecord {
        let start = now.adding(seconds: (number - 44) * 900 - 60)
        var counts = RunRecord.Counts()
        (counts.created, counts.updated, counts.deleted, counts.failed) = (created, updated, deleted, failed)
        return RunRecord(
            id: RunID(rawValue: Int64(number)),
            origin: RunRecord.Origin(kind: kind, who: "nobody's business"),
            startedAt: start.rfc3339(),
            finishedAt: seconds.map { start.adding(seconds: $0).rfc3339() },
            outcome: outcome,
            counts: counts
        )
    }
}
