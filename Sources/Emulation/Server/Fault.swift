import Foundation

/// A rule that makes some requests go wrong.
package struct Fault: Codable, Sendable {
    /// `google`, `notion` or `token`; nil: any.
    package var api: String?
    /// Nil: any.
    package var method: String?
    /// How the path (percent-encoded, without the query) begins, or a regular expression between slashes such as
    /// `/events$/`; nil: any.
    package var path: String?
    /// Whether the rule is for calls inside a batch; only `respond`, `errorPage` and `misreport` work there.
    package var inBatch: Bool?
    /// Nil: every time.
    package var occurrence: Occurrence?
    package var action: Action

    /// Which of the matching requests go wrong, counted from the moment the rule was added.
    package enum Occurrence: Codable, Sendable {
        case first(count: Int)
        case nth(number: Int)
        case every(step: Int)
        /// 0 to 1; the same seed gives the same choice.
        case probability(share: Double)
    }

    /// What goes wrong.
    package enum Action: Codable, Sendable {
        /// Answers without carrying out; without a body, with the service's own error body of the status.
        case respond(status: Int, body: String? = nil, headers: [String: String]? = nil)
        /// Carries out, but answers late.
        case delay(milliseconds: Int)
        /// Never answers.
        case hang
        /// Resets the connection, nothing carried out.
        case resetBefore
        /// Carries out, then resets the connection without an answer.
        case resetAfter
        /// Carries out, sends the first bytes of the body and ends the connection.
        case truncate(bytes: Int)
        /// Carries out, but the body is no JSON.
        case malformedBody
        /// Carries out, and answers this in place of the answer.
        case misreport(status: Int, body: String)
        /// An HTML page of a proxy in place of an answer; nothing carried out.
        case errorPage(status: Int)
        /// Carries out, and sends the body in pieces of this size, one every so often.
        case drip(bytes: Int, milliseconds: Int)
    }

    package init(
        _ action: Action,
        _ occurrence: Occurrence? = nil,
        api: String? = nil,
        method: String? = nil,
        path: String? = nil,
        inBatch: Bool? = nil
    ) {
        (self.api, self.method, self.path, self.inBatch) = (api, method, path, inBatch)
        (self.occurrence, self.action) = (occurrence, action)
    }

    func matches(_ call: Call, api: String, inBatch: Bool) -> Bool {
        guard (self.inBatch ?? false) == inBatch, self.api.map({ $0 == api }) != false,
            method.map({ $0.uppercased() == call.method }) != false
        else { return false }
        guard let path else { return true }
        guard path.count > 2, path.hasPrefix("/"), path.hasSuffix("/") else { return call.rawPath.hasPrefix(path) }
        return call.rawPath.range(of: path.dropFirst().dropLast().description, options: .regularExpression) != nil
    }
}

/// The rules in force, and how often each has matched.
struct FaultTable: Sendable {
    private var rules: [(fault: Fault, matches: Int)] = []
    private var random = IdentifierSource(seed: 1)
    /// Requests that went wrong, since the start.
    private(set) var strikes = 0

    init(seed: UInt64 = 1) { random = IdentifierSource(seed: seed) }

    mutating func add(_ fault: Fault) { rules.append((fault, 0)) }

    mutating func removeAll() { rules = [] }

    /// What goes wrong with a request: the action of the first rule that strikes.
    mutating func action(for call: Call, api: String, inBatch: Bool = false) -> Fault.Action? {
        var struck: Fault.Action?
        for index in rules.indices where rules[index].fault.matches(call, api: api, inBatch: inBatch) {
            rules[index].matches += 1
            if struck == nil, strikes(rules[index]) { struck = rules[index].fault.action }
        }
        if struck != nil { strikes += 1 }
        return struck
    }

    /// The answer that a rule gives to a call inside a batch.
    ///
    /// - Parameter answer: carries the call out.
    mutating func answerInsideBatch(to call: Call, _ answer: () -> Answer) -> Answer {
        switch action(for: call, api: "google", inBatch: true) {
        case .respond(let status, let body, let headers):
            return .fault(api: "google", status: status, body: body, headers: headers)
        case .errorPage(let status): return .page(status: status)
        case .misreport(let status, let body):
            _ = answer()
            return .fault(api: "google", status: status, body: body, headers: nil)
        default: return answer()
        }
    }

    private mutating func strikes(_ rule: (fault: Fault, matches: Int)) -> Bool {
        switch rule.fault.occurrence {
        case nil: true
        case .first(let count): rule.matches <= count
        case .nth(let number): rule.matches == number
        case .every(let step): step > 0 && rule.matches.isMultiple(of: step)
        case .probability(let share): Double.random(in: 0..<1, using: &random) < share
        }
    }
}

extension Answer {
    /// The answer of a `respond` action.
    static func fault(api: String, status: Int, body: String?, headers: [String: String]?) -> Answer {
        var answer =
            body.map {
                Answer(
                    status: status,
                    headers: ["Content-Type": "application/json; charset=UTF-8"],
                    body: Array($0.utf8)
                )
            }
            ?? own(api: api, status: status)
        answer.headers.merge(headers ?? [:]) { _, given in given }
        return answer
    }

    static func page(status: Int) -> Answer {
        let text = """
            <!DOCTYPE html>
            <html lang=en><title>Error \(status)</title><p><b>\(status).</b> <ins>That’s an error.</ins>
            """
        return Answer(status: status, headers: ["Content-Type": "text/html; charset=UTF-8"], body: Array(text.utf8))
    }

    /// What the service itself says with a status.
    private static func own(api: String, status: Int) -> Answer {
        switch (api, status) {
        case ("notion", 401): Refusal.invalidToken.answer
        case ("notion", 429): Refusal.rateLimited(retryAfter: 1).answer
        case ("notion", _):
            Refusal.notion(status, notionCodes[status]?.0 ?? "error", notionCodes[status]?.1 ?? "Error").answer
        case ("token", _):
            Refusal.oauth(status >= 500 ? "internal_failure" : "invalid_grant", "Error", status: status).answer
        case (_, 401): Refusal.invalidCredentials.answer
        case (_, 403), (_, 429): Refusal.rateLimit(status: status).answer
        case (_, 404): Refusal.notFound.answer
        case (_, 409): Refusal.calendar(409, "conflict", "Conflict").answer
        case (_, 410): Refusal.deleted.answer
        case (_, 412): Refusal.preconditionFailed.answer
        case (_, 500...): Refusal.calendar(status, "backendError", "Backend Error").answer
        default: Refusal.calendar(status, "badRequest", "Bad Request").answer
        }
    }

    private static let notionCodes: [Int: (String, String)] = [
        400: ("validation_error", "body failed validation."),
        403: ("restricted_resource", "Insufficient permissions for this endpoint."),
        404: ("object_not_found", "Could not find object."),
        409: ("conflict_error", "Conflict occurred while saving. Please try again."),
        500: ("internal_server_error", "Unexpected error occurred."),
        502: ("bad_gateway", "Bad gateway."),
        503: ("service_unavailable", "Notion is unavailable, please try again later."),
        504: ("gateway_timeout", "Gateway timeout."),
        529: ("service_overload", "Notion is overloaded, please try again later."),
    ]
}
