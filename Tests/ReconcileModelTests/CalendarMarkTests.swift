import ReconcileModel
import Testing
import TestSupport

/// The mark in the description of a calendar.
struct CalendarMarkTests {
    private let mark = CalendarMark(prefix: "acm", database: .sample)

    @Test func `the mark is one line that says what it is`() {
        #expect(mark.line == "reconcile: organization acm, Notion database 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e")
    }

    @Test(
        arguments: [
            "", "Join us!\n\n", "A\r\nB\r\n", "reconcile: organization\n",
            "reconcile: organization x, Notion database y\n", "🎓\n\n\n",
        ],
        ["", "\n", "\nbelow", "\r\n\r\nbelow\nand more"]
    )
    func `a mark is found above and below what people wrote`(above: String, below: String) {
        #expect(CalendarMark(in: above + mark.line + below) == mark)
    }

    @Test(arguments: [
        "", "ACM Events", "reconcile: organization acm", "reconcile: organization acm, Notion database 17",
        "see reconcile: organization acm, Notion database 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e",
        "Reconcile: organization acm, Notion database 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e",
    ])
    func `what is not a mark is none`(text: String) { #expect(CalendarMark(in: text) == nil) }

    @Test func `the last of several marks counts`() {
        let old = CalendarMark(prefix: "old", database: DatabaseID(rawValue: PageID.number(1).rawValue))
        #expect(CalendarMark(in: "\(old.line)\n\(mark.line)") == mark)
    }

    @Test(arguments: [
        nil as String?, "", "\n\n", "Join us!", "Join us!\n", "A\n\nB", "A\r\nB", "  indented",
        "reconcile: organization",
    ])
    func `a mark can be appended again and again`(text: String?) {
        let once = mark.appended(to: text)
        #expect(once.hasSuffix(mark.line) && CalendarMark(in: once) == mark)
        #expect(mark.appended(to: once) == once)
        #expect(mark.appended(to: once.replacing("\n", with: "\r\n")) == once)
    }

    @Test func `another mark is replaced, people's text stays`() {
        let old = CalendarMark(prefix: "acm", database: DatabaseID(rawValue: PageID.number(1).rawValue))
        #expect(mark.appended(to: "Hi\n\n\(old.line)\nbelow") == "Hi\n\nbelow\n\n\(mark.line)")
        #expect(CalendarMark.removed(from: old.appended(to: "Hi")) == "Hi")
    }
}
