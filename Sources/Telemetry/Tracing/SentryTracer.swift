import ReconcileModel
package import Tracing

/// Makes spans and reports them to Sentry: a trace when its first span ends, an error when it is recorded.
///
/// It is handed to whoever traces; there is no global one. Traces end with this program: neither do they come in with
/// requests, where anybody could ask to be sampled, nor go out to Notion and Google.
package struct SentryTracer: Tracer {
    package typealias Span = SentrySpan

    private let reporter: SentryReporter
    private let random: @Sendable () -> UInt64

    /// - Parameters:
    ///   - filter: the last look at every text in a report.
    ///   - random: any number, for ids and for the choice of traces.
    package init(
        _ settings: SentrySettings,
        sender: SentrySender,
        filter: SecretFilter,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0...(.max)) }
    ) {
        self.random = random
        reporter = SentryReporter(
            settings: settings,
            sender: sender,
            filter: filter,
            identifiers: TraceIdentifiers(random: random)
        )
    }

    package func startSpan<Time: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> ServiceContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Time,
        function: String,
        file fileID: String,
        line: UInt
    ) -> SentrySpan {
        let context = context()
        let above = context.spanInheritance
        let identifiers = reporter.identifiers
        let trace = above?.trace ?? SentryTrace(id: identifiers.long(), isSampled: isSampled())
        let place = SpanPlace(trace: trace.id, span: identifiers.short(), parent: above?.place.span)
        let tags = SpanTags(above: above?.tags, context: .current)
        return SentrySpan(
            operationName,
            kind: kind,
            start: Instant(nanosecondsSince1970: instant().nanosecondsSinceEpoch),
            context: context,
            inheritance: SpanInheritance(trace: trace, place: place, tags: tags),
            reporter: reporter
        )
    }

    private func isSampled() -> Bool {
        // 53 bits are what a fraction holds.
        Double(random() >> 11) * 0x1p-53 < reporter.settings.tracesSampleRate
    }

    /// Reports are sent in the background; `SentrySender.whileSending` waits for them.
    package func forceFlush() {}

    package func extract<Carrier, Extract>(
        _ carrier: Carrier,
        into context: inout ServiceContext,
        using extractor: Extract
    ) where Extract: Extractor, Extract.Carrier == Carrier {}

    package func inject<Carrier, Inject>(
        _ context: ServiceContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject: Injector, Inject.Carrier == Carrier {}
}
