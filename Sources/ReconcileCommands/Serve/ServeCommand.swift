import ArgumentParser
import Logging
import ReconcileModel
import Serving
import Telemetry

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves events to web pages, and synchronizes on a schedule and on Notion's webhooks.",
        usage: "reconcile serve [--port <number>] [<options>]",
        discussion: """
            Everybody may read: GET / is a status page, /openapi.json describes the endpoints. Writing needs the token of \
            RECONCILE_API_TOKEN. The declarations are watched: a change is taken over without a restart, a mistake leaves those \
            of before in force. Without a Google key, or with one that cannot be used, it serves events and synchronizes nothing.

            SIGTERM, SIGHUP and Ctrl-C end it gracefully: what is in flight is finished, within 30 seconds; a second one ends it \
            at once.

            SETTINGS
              RECONCILE_API_TOKEN     what writers must show (16 characters or more)
              NOTION_WEBHOOK_SECRET   the token that verifies Notion's webhooks
              SENTRY_DSN              where errors and traces are sent; nowhere unless set
              SENTRY_ENVIRONMENT      default: production
              SENTRY_TRACES_SAMPLE_RATE
                                      share of traces that are sent, 0 to 1 (default: 0)
            """
    )

    @OptionGroup var service: ServeOptions
    @OptionGroup var state: StateChoice
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        let declared = try await common.declared(context, state)
        let logger = try common.logger(context, format: service.resolvedLogFormat(context.console))
        let telemetry = try ServiceTelemetry(context, isSandboxed: state.sandbox, logger: logger)
        let session = Session(state: state, declared: declared, logger: logger, context)
        try await telemetry.reporting.whileSending {
            try await session.withReconciler(telemetry: telemetry, googleIsOptional: true) {
                reconciler,
                _ in
                let wiring = ServiceWiring(
                    reconciler: reconciler,
                    state: state,
                    declared: declared,
                    options: service,
                    common: common,
                    telemetry: telemetry,
                    logger: logger,
                    context: context
                )
                try await wiring.serve()
            }
        }
    }
}
