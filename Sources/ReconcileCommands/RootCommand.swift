import ArgumentParser

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Keeps Google calendars equal to Notion databases.",
        discussion: """
            Each organization has a Notion database, a Google calendar and a YAML file in orgs.d that names them. \
            `plan` shows what would change in the calendars, `apply` changes it.

            To try it without accounts:
              reconcile plan --sandbox
              reconcile apply --sandbox

            CREDENTIALS
              NOTION_API_KEY          token of a Notion integration
              GOOGLE_SERVICE_ACCOUNT  path of a service account's key file, or its JSON
              GOOGLE_IMPERSONATE      user to act for, with domain-wide delegation

            SETTINGS
              TIMEZONE                zone where a declaration has none (default: UTC)
              RECONCILE_STATE         state file (default: .reconcile/state.db)
              RECONCILE_LOG_LEVEL     as --log-level
              RECONCILE_NOTION_RPS    requests per second to Notion (default: 3; 0: any)
              RECONCILE_GOOGLE_RPM    requests per minute to Google (default: 600; 0: any)
              NOTION_BASE_URL         default: https://api.notion.com
              GOOGLE_BASE_URL         default: https://www.googleapis.com
              RECONCILE_API_TOKEN, NOTION_WEBHOOK_SECRET, SENTRY_DSN
                                      of the service, see `reconcile help serve`
              CURL_CA_BUNDLE, SSL_CERT_FILE, https_proxy, no_proxy
                                      as for curl

            EXIT CODES
              0   success; plan: also when there are changes
              1   an error, or a change that a limit blocks
              2   there are changes (plan --detailed-exitcode)
              64  wrong usage
            """,
        version: Version.number,
        subcommands: [
            ValidateCommand.self, SchemaCommand.self, PlanCommand.self, ApplyCommand.self, UndoCommand.self,
            CalendarCommand.self, RetireCommand.self, HistoryCommand.self, StateCommand.self, UnlockCommand.self,
            ServeCommand.self, WebhookTokenCommand.self,
            SandboxCommand.self,
        ]
    )
}
