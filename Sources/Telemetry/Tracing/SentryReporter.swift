import JSON

/// Makes reports of errors and traces, and hands them to the sender.
///
/// Payloads: https://develop.sentry.dev/sdk/data-model/event-payloads/
struct SentryReporter: Sendable {
    let settings: SentrySettings
    let sender: SentrySender
    let filter: SecretFilter
    let identifiers: TraceIdentifiers

    func report(_ recorded: RecordedError) {
        let (error, span, tags) = (recorded.error, recorded.span, recorded.tags)
        let id = identifiers.long()
        var extra = recorded.extra
        extra["hint"] = error.hint.map(JSON.string)
        let exception = JSON.object([
            "type": .string(error.type), "value": .string(error.message),
            "mechanism": .object(["type": "generic", "handled": .bool(true)]),
        ])
        send(
            .error,
            id,
            [
                "level": "error", "timestamp": .number(recorded.time.secondsSince1970),
                "transaction": .string(span.name),
                "exception": .object(["values": .array([exception])]),
                // Messages have names and times in them: by themselves they would make an issue of each.
                "fingerprint": .array([.string(error.type), .string(tags["organization"] ?? "")]),
                "tags": .sorted(tags), "extra": .sorted(extra),
                "contexts": .object(["trace": .object(place(span))]),
            ]
        )
    }

    /// - Parameter root: the first span of its trace.
    func report(_ root: FinishedSpan, children: [FinishedSpan]) {
        let trace = place(root) + ["status": .string(root.status), "data": .sorted(root.data)]
        send(
            .transaction,
            identifiers.long(),
            [
                "type": "transaction", "transaction": .string(root.name),
                "transaction_info": .object(["source": root.operation == "http.server" ? "route" : "task"]),
                "start_timestamp": .number(root.start.secondsSince1970),
                "timestamp": .number(root.end.secondsSince1970),
                "tags": .sorted(root.tags), "contexts": .object(["trace": .object(trace)]),
                "spans": .array(children.map(json)),
            ]
        )
    }

    private func send(_ category: SentryEnvelope.Category, _ id: String, _ members: JSON.Members) {
        let common: JSON.Members = [
            "event_id": .string(id), "platform": "other", "release": .string(settings.release),
            "environment": .string(settings.environment), "logger": "reconcile", "sdk": SentryClient.json,
        ]
        let payload = JSON.object(common + members).mapStrings(filter.masked)
        sender.enqueue(SentryEnvelope(category: category, eventID: id, payload: payload))
    }

    private func place(_ span: FinishedSpan) -> JSON.Members {
        var members: JSON.Members = ["trace_id": .string(span.place.trace), "span_id": .string(span.place.span)]
        if let parent = span.place.parent { members["parent_span_id"] = .string(parent) }
        members["op"] = .string(span.operation)
        return members
    }

    private func json(_ span: FinishedSpan) -> JSON {
        .object(
            place(span) + [
                "description": .string(span.name), "status": .string(span.status),
                "start_timestamp": .number(span.start.secondsSince1970),
                "timestamp": .number(span.end.secondsSince1970),
                "tags": .sorted(span.tags), "data": .sorted(span.data),
            ]
        )
    }
}
