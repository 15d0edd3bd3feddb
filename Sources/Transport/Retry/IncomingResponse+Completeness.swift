import Foundation
import HTTPTypes

extension IncomingResponse {
    /// Whether the body is one whole JSON object or array.
    package var isCompleteJSON: Bool { JSONShape.isComplete(body) }

    /// Whether the body is what an API that answers in JSON sends with success, to its end: JSON, the parts of a batch,
    /// or nothing where the status says so.
    var isComplete: Bool {
        if status == 204 || status == 205 { return true }
        guard let boundary = multipartBoundary else { return wasReadAsJSON || isCompleteJSON }
        // After the closing boundary there may be a line end or two.
        let end = Data("--\(boundary)--".utf8)
        return body.suffix(end.count + 16).range(of: end) != nil
    }

    /// Whether it was read already, and is an object or an array: then it is whole, and need not be looked at once more.
    private var wasReadAsJSON: Bool {
        guard case .success? = reading else { return false }
        let first = body.first { !" \t\n\r".utf8.contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private var multipartBoundary: String? {
        guard let type = head.headerFields[.contentType], type.lowercased().hasPrefix("multipart/"),
            let start = type.range(of: "boundary=", options: .caseInsensitive)?.upperBound
        else { return nil }
        return type[start...].prefix { $0 != ";" }.filter { $0 != "\"" }.trimmingCharacters(in: .whitespaces)
    }
}
