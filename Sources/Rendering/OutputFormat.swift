/// The formats in which a kind of results can be had.
package protocol ResultFormat: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// For people at a terminal; what is written unless another one is asked for.
    static var text: Self { get }

    /// Whether it consists of commands to a CI job, which are to reach it as they are.
    var isCommands: Bool { get }
}

/// What a command found or did, in every format it can be had in.
package protocol CommandResult<Format>: Sendable {
    associatedtype Format: ResultFormat

    func text(as format: Format, _ look: Look) -> String

    /// What failed and what is as important, a line each, for those who do not see the rest; empty where nothing is.
    var failures: String { get }
}

/// How text for people looks.
package struct Look: Sendable {
    package var style: TextStyle
    /// Every event and field, also of created and adopted ones.
    package var isVerbose: Bool
    /// Only what changes, fails or is urgent.
    package var isQuiet: Bool
    /// Columns of the terminal; nil: it is none, lines are as long as they are.
    package var width: Int?

    package init(style: TextStyle, isVerbose: Bool = false, isQuiet: Bool = false, width: Int? = nil) {
        self.style = style
        self.isVerbose = isVerbose
        self.isQuiet = isQuiet
        self.width = width
    }

    /// For files, which nobody's terminal shows.
    package var forFile: Look { Look(style: TextStyle(isColored: false), isVerbose: isVerbose, isQuiet: isQuiet) }
}

/// Of the results of most commands.
package enum OutputFormat: String, ResultFormat {
    case text, json

    package var isCommands: Bool { false }
}

/// Of plans, and of what became of them.
package enum PlanFormat: String, ResultFormat {
    case text, json
    /// For a comment on a pull request.
    case markdown
    /// One file for a browser, with the months before and after.
    case html
    /// Annotations of a GitHub job.
    case github

    package var isCommands: Bool { self == .github }
}

/// Of what checking declarations found.
package enum CheckFormat: String, ResultFormat {
    case text, json
    /// Annotations of a GitHub job.
    case github
    /// A Code Quality report of GitLab.
    case gitlab
    /// SARIF 2.1.0, which code scanning tools read.
    case sarif

    package var isCommands: Bool { self == .github }
}
