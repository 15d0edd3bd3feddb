import Foundation
import ReconcileModel
import Transport

@testable import CalendarAPI

/// The answer to a batch, head and body, as it comes from Google.
enum BatchInput {
    private static let expected = 5
    private static let event = EventID(rawValue: "5024642e878b5ab6933c151f3f76bb32")
    private static let calls: [EventCall] = [
        .get(event), .delete(event), .get(EventID(rawValue: "0df9ac3009fd58d68ef230997bb9dcfc")),
    ]

    static func check(_ data: Data) {
        let (contentType, body) = message(data)
        let parts = BatchResponse(body, contentType: contentType, expected: expected).parts
        require(
            parts == BatchResponse(body, contentType: contentType, expected: expected).parts,
            "a batch is read the same way twice"
        )
        for (index, part) in parts {
            require((0..<expected).contains(index), "an answer is to a call that was sent")
            require((100...599).contains(part.status), "a status is one of HTTP")
            require(part.retryAfter.map { (.zero...).contains($0) } ?? true, "a wait is not negative")
            require(part.body.count <= body.count, "an answer is no longer than all of them")
            for call in calls { check(call.outcome(status: part.status, body: part.body), of: call) }
        }
        checkCut(body, contentType, whole: parts)
    }

    private static func check(_ outcome: Result<EventAnswer, CalendarError>, of call: EventCall) {
        switch outcome {
        case .success(.event(let event)): require(event.id == call.event, "an answer is about the event of its call")
        case .success(.deleted), .success(.notModified): break
        case .failure(let error): require(!error.failure.code.rawValue.isEmpty, "an error has a code")
        }
    }

    /// What is missing at the end must never change an answer: at worst it is lost.
    private static func checkCut(_ body: Data, _ contentType: String?, whole: [Int: BatchResponse.Part]) {
        guard let end = body.indices.reversed().dropFirst(body.count / 3).first(where: { body[$0] == 0x0A }) else {
            return
        }
        let cut = BatchResponse(Data(body[...end]), contentType: contentType, expected: expected).parts
        for (index, part) in cut where whole[index] != nil {
            require(whole[index] == part, "an answer is the same in a cut body")
        }
    }

    /// The content type, and what follows the first empty line.
    private static func message(_ data: Data) -> (contentType: String?, body: Data) {
        var reader = HeaderReader([UInt8](data)[...])
        let fields = reader.fields()
        return (fields["content-type"], Data(reader.rest))
    }
}
