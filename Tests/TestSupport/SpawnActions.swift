import CSpawn
import Foundation

/// What is done between the start of a process and its program: an owner of glibc's structures for that.
struct SpawnActions: ~Copyable {
    private var actions = posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()
    /// The ends of pipes that are the process's.
    private var ends: [FileHandle] = []

    init() throws {
        try Self.check(posix_spawn_file_actions_init(&actions))
        try Self.check(posix_spawnattr_init(&attributes))
    }

    deinit {
        var (actions, attributes) = (actions, attributes)
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    mutating func work(in folder: String) { posix_spawn_file_actions_addchdir_np(&actions, folder) }

    mutating func join(_ descriptor: Int32, to other: Int32) {
        posix_spawn_file_actions_adddup2(&actions, other, descriptor)
    }

    /// Connects a stream of the process; returns our end of it where it is a pipe.
    mutating func connect(_ descriptor: Int32, to stream: ChildProcess.Stream) throws -> FileHandle? {
        switch stream {
        case .inherited: return nil
        case .null: open("/dev/null", as: descriptor, O_RDWR)
        case .file(let path):
            open(path, as: descriptor, descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC)
        case .pipe:
            let pipe = Pipe()
            let isInput = descriptor == STDIN_FILENO
            let (theirs, ours) =
                isInput
                ? (pipe.fileHandleForReading, pipe.fileHandleForWriting)
                : (pipe.fileHandleForWriting, pipe.fileHandleForReading)
            ends.append(theirs)
            join(descriptor, to: theirs.fileDescriptor)
            return ours
        }
        return nil
    }

    private mutating func open(_ path: String, as descriptor: Int32, _ mode: Int32) {
        posix_spawn_file_actions_addopen(&actions, descriptor, path, mode, 0o644)
    }

    /// Starts the program, with no signal held back or ignored and no descriptor but the three streams.
    mutating func spawn(_ arguments: [String], environment: [String]) throws -> pid_t {
        // Else a pipe's end, or a lock, would live on in a process that another test started meanwhile.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var id: pid_t = 0
        try Self.check(posix_spawn(&id, arguments[0], &actions, &attributes, &argv, &envp))
        for end in ends { try end.close() }
        return id
    }

    private static func check(_ error: Int32) throws {
        guard error != 0 else { return }
        throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO)
    }
}
