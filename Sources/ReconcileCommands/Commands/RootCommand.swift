import ArgumentParser

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Keeps Google calendars equal to Notion databases.",
        discussion: """
            Organizations are declared in orgs.d, one YAML file each. `plan` shows what would change, `apply` changes it.
            Try it without accounts: reconcile plan --sandbox

            Environment: NOTION_API_KEY, GOOGLE_SERVICE_ACCOUNT (path or JSON), GOOGLE_IMPERSONATE, TIMEZONE,
            RECONCILE_STATE, RECONCILE_LOG_LEVEL, RECONCILE_NOTION_RPS, RECONCILE_GOOGLE_RPM, NOTION_BASE_URL,
            GOOGLE_BASE_URL, CURL_CA_BUNDLE, SSL_CERT_FILE and the usual proxy variables.

            Exit codes: 0 success; 1 an error, or a change that a limit blocks; 2 changes, with
            plan --detailed-exitcode; 64 wrong usage.
            """,
        version: Version.number,
        subcommands: [
            ValidateCommand.self, PlanCommand.self, ApplyCommand.self, UndoCommand.self, HistoryCommand.self,
            StateCommand.self,
            UnlockCommand.self, SandboxCommand.self,
        ]
    )
}
