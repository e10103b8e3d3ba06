using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Management;

/// <summary>
/// The secret that opens management and FHIR (DECISIONS 30): 256 random bits in <c>admin.token</c> in the data directory, readable by the
/// owner only; or in a file that the operator names and shares among the web nodes. Its path is told, the token never.
/// </summary>
public sealed class AdminToken
{
    /// <summary>Name of the file in <see cref="DwapiOptions.DataDirectory"/>.</summary>
    public const string FileName = "admin.token";

    private const int Bytes = 32;

    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    private readonly bool _named;
    private readonly Lazy<byte[]> _token;
    private readonly ILogger<AdminToken> _logger;

    /// <summary>Reads the token's file at the first use, and makes it when there is none.</summary>
    public AdminToken(IOptions<DwapiOptions> options, ILogger<AdminToken> logger)
        : this(Path.Combine(options.Value.DataDirectory, FileName), options.Value.AdminTokenPath, logger)
    {
    }

    /// <summary>The token in a file.</summary>
    /// <param name="fileInDirectory">Where it is made when no file is named.</param>
    /// <param name="named">The file that the operator named, or "".</param>
    /// <param name="logger">Told the path.</param>
    internal AdminToken(string fileInDirectory, string named, ILogger<AdminToken> logger)
    {
        _named = named.Length > 0;
        FilePath = _named ? named : fileInDirectory;
        _logger = logger;
        _token = new Lazy<byte[]>(ReadOrCreate);
    }

    /// <summary>Where the token lies.</summary>
    public string FilePath { get; }

    /// <summary>Whether a text is the token; takes the same time however much of it is right.</summary>
    public bool Matches(string candidate) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), SHA256.HashData(_token.Value));

    /// <summary>A keyed digest by which the console cookie hangs on the token without containing it.</summary>
    internal byte[] Derive(string purpose) => HMACSHA256.HashData(_token.Value, Encoding.UTF8.GetBytes(purpose));

    /// <summary>Makes sure that the file exists, and tells where.</summary>
    internal void Ensure()
    {
        _ = _token.Value;
        Log.AdminTokenAt(_logger, FilePath);
    }

    private byte[] ReadOrCreate()
    {
        if (_named)
        {
            return ReadNamed();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(FilePath))!);
        if (File.Exists(FilePath))
        {
            return Read();
        }

        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(FilePath, create);
        file.Write(Encoding.UTF8.GetBytes(text + "\n"));
        file.Flush(flushToDisk: true);
        return Encoding.UTF8.GetBytes(text);
    }

    private byte[] Read()
    {
        if (!OperatingSystem.IsWindows())
        {
            // A file that was copied or restored may have become readable for others.
            File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return Token("delete it and start again to get a new one");
    }

    // Not made, not changed: it is mounted, and the other nodes have the same one. A group may read it, as one does of a mounted secret.
    private byte[] ReadNamed()
    {
        try
        {
            var file = new FileInfo(FilePath);
            if (!OperatingSystem.IsWindows() && ((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).UnixFileMode & OfOthers) != 0)
            {
                throw new AdminTokenException(
                    $"{FilePath} can be read by others or written by its group. Give it the mode 0400 or 0440.");
            }

            return Token("write 43 or more random characters into it, such as of 'openssl rand -base64 33'");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AdminTokenException($"{FilePath} cannot be read: {fault.Message} Make it, the same for every web node.", fault);
        }
    }

    private byte[] Token(string advice)
    {
        var text = File.ReadAllText(FilePath).Trim();
        return text.Length >= 43
            ? Encoding.UTF8.GetBytes(text)
            : throw new AdminTokenException($"{FilePath} holds no token of 256 bits; {advice}.");
    }
}
