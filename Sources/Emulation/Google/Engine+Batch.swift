/// `POST /batch/calendar/v3`.
extension Engine {
    mutating func answerBatch(_ call: Call) throws(Refusal) -> Answer {
        let outer = call.headers.filter {
            !$0.key.hasPrefix("content-") && $0.key != "host" && $0.key != "transfer-encoding"
        }
        guard call.method == "POST", let boundary = BatchMessage.boundary(of: call.headers["content-type"]),
            var parts = BatchMessage.parts(of: call.body, boundary: boundary, outer: outer)
        else { throw .calendar(400, "badRequest", "Failed to parse batch request.") }
        guard parts.count <= 1000 else {
            throw .calendar(400, "badRequest", "The batch request could not be processed. Too many calls.")
        }
        for index in parts.indices { parts[index].call.query += call.query }
        var answers: [(contentID: String?, answer: Answer)] = []
        for part in parts { answers.append((part.contentID, answer(part))) }
        if settings.shufflesBatchParts { answers.shuffle(using: &world.identifiers) }
        let mark = "batch_\(world.identifiers.hex(digits: 16))"
        return Answer(
            status: 200,
            headers: ["Content-Type": "multipart/mixed; boundary=\(mark)"],
            body: BatchMessage.write(answers, boundary: mark)
        )
    }

    private mutating func answer(_ part: BatchPart) -> Answer {
        let answer: Answer
        if case .calendar? = Service(path: part.call.path) {
            var faults = faults
            answer = faults.answerInsideBatch(to: part.call) { answerAlone(part.call) }
            self.faults = faults
        } else {
            answer = Refusal.notFound.answer
        }
        batched.append(BatchedCall(method: part.call.method, route: RouteName.of(part.call), status: answer.status))
        return answer
    }

    private mutating func answerAlone(_ call: Call) -> Answer {
        do throws(Refusal) { return try answerCalendar(call) } catch { return error.answer }
    }
}
