import Foundation
import ReconcileModel

/// One file of a folder: what it declares, and all that is wrong with it.
struct ReadDeclaration {
    /// As messages show it.
    let file: String
    /// Nil where there is none that could be read.
    var declaration: Declaration?
    var mistakes: [Diagnostic] = []

    init(file: String) { self.file = file }

    /// Whether it can be used. What is incomplete has a mistake that says so.
    var isSound: Bool { mistakes.isEmpty && declaration?.isComplete == true }

    /// What is known of it all the same.
    var broken: BrokenDeclaration {
        let name = URL(filePath: file).lastPathComponent
        let place = SourceLocation(file: file, line: 1, column: 1)
        var organization = declaration?.organization ?? Organization(prefix: "", name: "", source: place)
        let hidesPrefix = organization.prefix.isEmpty
        if hidesPrefix { organization.prefix = name.printable }
        if organization.name.isEmpty { organization.name = hidesPrefix ? file : organization.prefix }
        return BrokenDeclaration(organization, hidesPrefix: hidesPrefix, mistakes: mistakes)
    }
}
