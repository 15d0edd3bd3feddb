import Foundation

/// A request as the emulated services see it: parsed, complete, without a connection.
struct Call {
    var method: String
    /// The path as it was sent, without the query.
    var rawPath: String
    /// Its segments, percent-decoded.
    var path: [String]
    /// Query parameters in their order, percent-decoded.
    var query: [(name: String, value: String)]
    /// By lower-case name.
    var headers: [String: String]
    var body: [UInt8]

    init(method: String, target: String, headers: [String: String], body: [UInt8]) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawPath = parts.first.map(String.init) ?? "/"
        path = rawPath.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        query = parts.count > 1 ? Call.pairs(of: parts[1]) : []
        (self.method, self.headers, self.body) = (method, headers, body)
    }

    /// Pairs of `application/x-www-form-urlencoded` text.
    static func pairs(of text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let spaced = part.replacingOccurrences(of: "+", with: " ")
                return spaced.removingPercentEncoding ?? spaced
            }
            return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        }
    }

    /// The first value of a query parameter.
    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    func parameters(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    func flag(_ name: String) -> Bool { parameter(name)?.lowercased() == "true" }
}

/// An answer as the emulated services give it.
struct Answer: Equatable {
    var status: Int
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    static func json(
        _ value: JSONValue,
        status: Int = 200,
        indent: Int? = nil,
        headers: [String: String] = [:]
    ) -> Answer {
        let headers = headers.merging(["Content-Type": "application/json; charset=UTF-8"]) { mine, _ in mine }
        return Answer(status: status, headers: headers, body: JSONWriter.write(value, indent: indent))
    }

    static let noContent = Answer(status: 204)
}

/// A request that a service refuses, with the answer that says so.
struct Refusal: Error {
    var answer: Answer
}
