import Foundation

/// Reads the answer to a request.
package struct AnswerReader: Sendable {
    private let read: @Sendable (Data) throws -> any Sendable

    /// As `ReceivedJSON` does.
    package static func json<Answer: Decodable & Sendable>(_ type: Answer.Type) -> AnswerReader {
        AnswerReader { try ReceivedJSON.decode(type, from: $0) }
    }

    /// The answer with what it says, where it is one of success.
    func read(_ response: IncomingResponse) -> IncomingResponse {
        guard (200..<300).contains(response.status) else { return response }
        var response = response
        response.reading = Result { try read(response.body) }
        return response
    }
}

extension IncomingResponse {
    /// What the body says; it is not read again where it was read on its way.
    ///
    /// - Throws: what `JSONDecoder` throws.
    package func read<Answer: Decodable & Sendable>(as type: Answer.Type) throws -> Answer {
        if let answer = try reading?.get() as? Answer { return answer }
        return try ReceivedJSON.decode(type, from: body)
    }
}
