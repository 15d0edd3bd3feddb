import ArgumentParser

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Deletes a calendar that reconcile created.",
        subcommands: [CalendarDeleteCommand.self]
    )
}
