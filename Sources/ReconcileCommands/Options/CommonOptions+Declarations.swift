import ConfigLoading
import LinkStorage
import ReconcileModel
import Reconciling

/// What the folder of declarations says, for commands.
extension CommonOptions {
    /// All organizations, without any mistake in any file.
    ///
    /// - Throws: `Diagnostics` for mistakes in the files, `Failure` for a folder that is not there or declares nothing.
    func organizations(_ context: CommandContext) throws -> [Organization] {
        try loading(context) { loader throws(ConfigError) in try loader.load(directory: orgsDir) }
    }

    /// What is declared, with the mistakes of each file.
    ///
    /// - Throws: `Diagnostics` for mistakes that stop all, `Failure` for a folder that is not there, or declares nothing where the state
    ///   knows of nothing either.
    func declared(_ context: CommandContext, _ state: StateChoice) async throws -> DeclaredOrganizations {
        let declared = try loading(context) { loader throws(ConfigError) in try loader.survey(directory: orgsDir) }
        if declared.isEmpty, try await !state.door(context).knowsOrganizations() {
            throw ConfigLoader.nothingDeclared(in: orgsDir)
        }
        return declared
    }

    /// What the declaration of one organization comes to.
    ///
    /// - Throws: as `organizations(_:)`, and `Failure` for one that is not declared.
    func explanation(of prefix: String, _ context: CommandContext) throws -> DeclarationExplanation {
        let all = try loading(context) { loader throws(ConfigError) in try loader.explanations(in: orgsDir) }
        guard let found = all.first(where: { $0.organization.prefix == prefix }) else {
            throw unknown([prefix], in: DeclaredOrganizations(all.map(\.organization)))
        }
        return found
    }

    private func loading<Value>(
        _ context: CommandContext,
        _ body: (ConfigLoader) throws(ConfigError) -> Value
    ) throws -> Value {
        do throws(ConfigError) {
            return try body(ConfigLoader(defaultTimeZone: context.environment["TIMEZONE"]))
        } catch {
            switch error {
            case .unavailable(let failure): throw failure
            case .invalid(let diagnostics): throw Diagnostics(list: diagnostics)
            }
        }
    }

    /// All that there is, or the organizations named.
    ///
    /// - Throws: `Failure` for a name that neither a declaration nor the state knows.
    func scope(
        _ prefixes: [String],
        of declared: DeclaredOrganizations,
        _ state: any StateDoor
    ) async throws(Failure) -> RunScope {
        var scope = RunScope(declared, only: Set(prefixes))
        var unknown = Set(prefixes).subtracting(scope.prefixes)
        guard !unknown.isEmpty else { return scope }
        let orphans = try await state.orphans(besides: declared).intersection(unknown)
        scope.orphans = .named(orphans)
        unknown.subtract(orphans)
        guard unknown.isEmpty else { throw self.unknown(unknown.sorted(), in: declared) }
        return scope
    }

    private func unknown(_ prefixes: [String], in declared: DeclaredOrganizations) -> Failure {
        let all = RunScope(declared).prefixes.joined(separator: ", ")
        let hiding = declared.hidingFile.map { " Mend \($0), whose mistake hides its prefix." } ?? ""
        return Failure(
            code: "organization_unknown",
            message: "\(orgsDir) declares no organization \(prefixes.map { "\"\($0)\"" }.joined(separator: ", ")).",
            hint: "Declared are: \(all).\(hiding)"
        )
    }
}
