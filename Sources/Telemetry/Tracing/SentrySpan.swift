import Synchronization
package import Tracing

/// A span of the `SentryTracer`.
package final class SentrySpan: Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var status: SpanStatus?
        var isCancelled = false
        var hasEnded = false
    }

    package let context: ServiceContext
    private let inheritance: SpanInheritance
    private let kind: SpanKind
    private let start: Instant
    private let reporter: SentryReporter
    private let state: Mutex<State>

    init(
        _ name: String,
        kind: SpanKind,
        start: Instant,
        context: ServiceContext,
        inheritance: SpanInheritance,
        reporter: SentryReporter
    ) {
        var context = context
        context.spanInheritance = inheritance
        (self.context, self.inheritance, self.reporter) = (context, inheritance, reporter)
        (self.kind, self.start) = (kind, start)
        state = Mutex(State(name: name))
    }

    package var operationName: String {
        get { state.withLock(\.name) }
        set { state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock(\.attributes) }
        set {
            for name in SpanTags.names {
                if let value = newValue.get(name) { inheritance.tags.set(name, value.text) }
            }
            state.withLock { $0.attributes = newValue }
        }
    }

    /// Also where the trace is not sent: its attributes say more about an error.
    package var isRecording: Bool { state.withLock { !$0.hasEnded } }

    package func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

    /// Sentry has no events within spans.
    package func addEvent(_ event: SpanEvent) {}

    package func addLink(_ link: SpanLink) {}

    /// Has an error reported at the end of the trace, unless the trace has it already.
    ///
    /// - Parameter attributes: those named as tags are tags of the report, the others its additional data.
    package func recordError<Time: TracerInstant>(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> Time
    ) {
        guard let reported = ReportedError(error) else { return state.withLock { $0.isCancelled = true } }
        var tags = inheritance.tags.all
        for name in SpanTags.names {
            if let value = attributes.get(name) { tags[name] = value.text }
        }
        let recorded = RecordedError(
            error: reported,
            time: Instant(nanosecondsSince1970: instant().nanosecondsSinceEpoch),
            span: finished(at: start),
            tags: tags,
            extra: attributes.members
        )
        if let late = inheritance.trace.add(recorded) { reporter.report(late) }
    }

    package func end<Time: TracerInstant>(at instant: @autoclosure () -> Time) {
        let hasEnded = state.withLock { state in
            defer { state.hasEnded = true }
            return state.hasEnded
        }
        guard !hasEnded else { return }
        let span = finished(at: Instant(nanosecondsSince1970: instant().nanosecondsSinceEpoch))
        guard span.place.parent == nil else { return inheritance.trace.add(span) }
        let (children, errors) = inheritance.trace.finish()
        for var error in errors {
            error.tags.merge(span.tags) { own, _ in own }
            reporter.report(error)
        }
        if inheritance.trace.isSampled { reporter.report(span, children: children) }
    }

    private func finished(at end: Instant) -> FinishedSpan {
        var state = state.withLock(\.self)
        // Where nobody says how a trace ended, its errors do.
        if state.status == nil, inheritance.place.parent == nil, inheritance.trace.hasErrors {
            state.status = SpanStatus(code: .error)
        }
        return FinishedSpan(
            place: inheritance.place,
            name: state.name,
            operation: kind.operation(state.attributes),
            start: start,
            end: max(start, end),
            status: SentryStatus.word(state.status, state.attributes, isCancelled: state.isCancelled),
            tags: inheritance.tags.all,
            data: state.attributes.members
        )
    }
}
