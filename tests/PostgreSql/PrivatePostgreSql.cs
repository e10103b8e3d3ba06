using System.Diagnostics;
using Npgsql;

namespace Dwapi.Tests.PostgreSql;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, reached over a Unix socket only, with real fsync. It ends and its folder goes when
/// this process ends, however it ends. Needs the programs of Debian's package postgresql and a POSIX shell; as root it runs as another user.
/// </summary>
public sealed class PrivatePostgreSql : IAsyncDisposable
{
    /// <summary>Why tests are skipped without it.</summary>
    public const string Missing = "PostgreSQL is not installed (Debian: apt-get install postgresql)";

    private const string Ready = "database system is ready to accept connections";

    // Ends the server when told to, or when this process is gone and with it the other end of the pipe.
    private const string Guard = """
        folder=$1; shift
        "$@" </dev/null & server=$!
        if read -r word; then kill "-$word" "$server"; wait "$server"; exit; fi
        kill -QUIT "$server"; wait "$server"; rm -rf "$folder"
        """;

    private static readonly Lazy<string?> Programs = new(FindPrograms);
    private static readonly Lazy<Task<PrivatePostgreSql>> One = new(Start);
    private readonly string _folder;
    private Process? _guard;
    private int _schemas;

    private PrivatePostgreSql(string folder) => _folder = folder;

    /// <summary>True when this machine can run one.</summary>
    public static bool Installed => Programs.Value is not null;

    /// <summary>The superuser's way in.</summary>
    public string ConnectionString => $"Host={_folder};Username=dwapi;Database=postgres";

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The one server of this test run, started by the first test that needs it. Skips the test when there is none to be had.</summary>
    public static Task<PrivatePostgreSql> Shared()
    {
        Assert.SkipUnless(Installed, Missing);
        return One.Value;
    }

    /// <summary>An empty schema of the shared server for one test or one cluster.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> NewSchema() => await (await Shared()).AddSchema();

    /// <summary>A server that a test may stop. Skips the test when there is none to be had.</summary>
    public static async Task<PrivatePostgreSql> Start()
    {
        Assert.SkipUnless(Installed, Missing);
        var server = new PrivatePostgreSql(Directory.CreateTempSubdirectory("dwapi-postgresql-").FullName);
        if (IsRoot)
        {
            await Run("chown", string.Join(':', User()), server._folder);
        }

        await Run([.. AsUser(), Program("initdb"), "--pgdata", server.Data, "--username=dwapi", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        await server.StartAgain();
        return server;
    }

    /// <summary>An empty schema for one test or one cluster.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> AddSchema()
    {
        var schema = $"test_{Interlocked.Increment(ref _schemas)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE SCHEMA {schema}");
        await command.ExecuteNonQueryAsync();
        return $"{ConnectionString};Search Path={schema}";
    }

    /// <summary>Starts the server after <see cref="Stop"/> or <see cref="Crash"/>; it takes connections when this returns.</summary>
    public async Task StartAgain()
    {
        string[] server =
        [
            .. AsUser(), Program("postgres"), "-D", Data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={_folder}",
            "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=300", "-c", "logging_collector=off", "-c", "log_destination=stderr",
        ];
        _guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "guard", _folder, .. server])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var said = new List<string>();
        while (await _guard.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains(Ready, StringComparison.Ordinal))
            {
                // What it says later is read and dropped: it must never wait for a full pipe.
                _ = _guard.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return;
            }

            said.Add(line);
        }

        throw new InvalidOperationException("PostgreSQL did not start: " + string.Join(" | ", said.TakeLast(5)));
    }

    /// <summary>Ends the server as an administrator does: open connections are told and cut.</summary>
    public Task Stop() => End("INT");

    /// <summary>Ends the server as a power switch does: nothing is written any more.</summary>
    public Task Crash() => End("QUIT");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
            _guard = null;
        }
        else if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task End(string signal)
    {
        var guard = _guard ?? throw new InvalidOperationException("The server does not run.");
        _guard = null;
        await guard.StandardInput.WriteLineAsync(signal);
        await guard.StandardInput.FlushAsync();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    private static string? FindPrograms()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        // Debian keeps the server's programs out of the path; the newest version first.
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(static d => double.TryParse(Path.GetFileName(d), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        return versions.Select(static d => Path.Combine(d, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(static d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    private static string Program(string name) => Path.Combine(Programs.Value!, name);

    private static string[] AsUser() => IsRoot && User() is [var user, var group] ? ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups"] : [];

    // User and group: PostgreSQL refuses to run as root, and Debian's package made a user for it.
    private static string[] User() => File.ReadLines("/etc/passwd").Select(static l => l.Split(':'))
        .Where(static l => l[0] is "postgres" or "nobody").OrderByDescending(static l => l[0]).First()[2..4];

    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {errors} {await output}");
        }
    }
}
