import CFuzzer
import Foundation

/// Feeds made-up input to one part of the product: `fuzz --target=NAME [options and folders of libFuzzer]`.
///
/// libFuzzer passes options with two dashes over, and on to the processes that it starts.
/// <https://llvm.org/docs/LibFuzzer.html>
@main
enum Fuzz {
    static func main() {
        guard let target = FuzzTarget.current else {
            let names = FuzzTarget.allCases.map(\.rawValue)
            print("usage: fuzz \(FuzzTarget.option)\(names.joined(separator: "|")) [option…] [folder…]")
            exit(64)
        }
        var count = CommandLine.argc
        var values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &values, target.callback))
    }
}

/// The parts that are fuzzed, by the names of their corpora.
enum FuzzTarget: String, CaseIterable {
    case declaration, batch, notion, google, page

    static let option = "--target="
    /// The one that the command line names.
    static let current = CommandLine.arguments.first { $0.hasPrefix(option) }
        .flatMap { FuzzTarget(rawValue: String($0.dropFirst(option.count))) }

    var isJSON: Bool {
        switch self {
        case .notion, .google, .page: true
        case .declaration, .batch: false
        }
    }

    /// What libFuzzer calls with each input; it takes no context, so that there is one for each target.
    var callback: Callback {
        switch self {
        case .declaration: { check(DeclarationInput.check, $0, $1) }
        case .batch: { check(BatchInput.check, $0, $1) }
        case .notion: { check(NotionInput.check, $0, $1) }
        case .google: { check(GoogleInput.check, $0, $1) }
        case .page: { check(PageInput.check, $0, $1) }
        }
    }
}

typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

private func check(_ target: (Data) -> Void, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Data(UnsafeRawBufferPointer(start: bytes, count: count)))
    return 0
}

/// Ends the program where `condition` does not hold: for libFuzzer that is a finding, whose input it writes down.
func require(_ condition: Bool, _ rule: @autoclosure () -> String) {
    guard !condition else { return }
    FileHandle.standardError.write(Data("broken: \(rule())\n".utf8))
    abort()
}
