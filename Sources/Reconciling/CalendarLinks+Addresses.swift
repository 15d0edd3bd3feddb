import Foundation
package import ReconcileModel
import Transport

extension CalendarLinks {
    /// The forms of Google's own dialogs; that of the subscription is documented nowhere.
    ///
    /// <https://support.google.com/calendar/answer/37083>
    /// - Parameter base: under which our service is reached from outside; nil: not known.
    init(_ calendar: CalendarID, of organization: Organization, servedAt base: PublicAddress?) {
        let id = URLSegment.percentEncoded(calendar.rawValue)
        let token = Data(calendar.rawValue.utf8).base64EncodedString().trimmingCharacters(in: ["="])
        self.init(
            page: "https://calendar.google.com/calendar/embed?src=\(id)",
            subscription: "https://calendar.google.com/calendar/u/0?cid=\(URLSegment.percentEncoded(token))",
            feed: "https://calendar.google.com/calendar/ical/\(id)/public/basic.ics",
            ownFeed: base.map { "\($0.text)/api/calendar/\(URLSegment.percentEncoded(organization.prefix))/events.ics" }
        )
    }
}

extension Report {
    /// With the links of the calendars that the run created.
    package func linked(servedAt base: PublicAddress?) -> Report {
        var report = self
        for index in report.organizations.indices {
            let one = report.organizations[index]
            report.organizations[index].links = one.created.map {
                CalendarLinks($0, of: one.plan.organization, servedAt: base)
            }
        }
        return report
    }
}

/// Under which the service is reached from outside, such as `https://calendar.example.org`.
package struct PublicAddress: Sendable {
    /// Without a slash at its end.
    let text: String

    /// - Throws: where it is no address of a web server.
    package init(_ text: String) throws(Failure) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard let url = URL(string: trimmed), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme),
            url.host?.isEmpty == false, url.user == nil, url.query == nil, url.fragment == nil
        else {
            throw Failure(
                code: "public_url_invalid",
                message: "\"\(text)\" is not the address of a web server.",
                hint: "Write --public-url, or RECONCILE_PUBLIC_URL, such as https://calendar.example.org."
            )
        }
        self.text = trimmed.hasSuffix("/") ? String(trimmed.dropLast()) : trimmed
    }
}
