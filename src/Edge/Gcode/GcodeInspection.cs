using System.Buffers;

namespace Dwapi.Edge.Gcode;

/// <summary>Cuts a stream of bytes into lines for the interpreter, in memory that does not grow with the file, however it is cut into pieces.</summary>
/// <param name="limits">What it must stay within.</param>
internal sealed class GcodeInspection(GcodeLimits limits)
{
    // Longer than any command; only outlines of objects (EXCLUDE_OBJECT_DEFINE) come near.
    private const int LongestCommand = 64 * 1024;
    private const int Piece = 128 * 1024;

    // Tab, the ends of line and page, and the end of file of old systems are text.
    private static readonly SearchValues<byte> Binary = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Except([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A]).Select(code => (byte)code), 0x7F]);

    private readonly GcodeInterpreter _interpreter = new(limits);
    private readonly ArrayBufferWriter<byte> _begun = new(256);
    private bool _inComment;
    private bool _afterReturn;

    /// <summary>Looks at a file.</summary>
    public static async Task<GcodeFindings> OfAsync(string path, GcodeLimits limits, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var inspection = new GcodeInspection(limits);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (!inspection._interpreter.HasFault && await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                inspection.Feed(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return inspection.Finish();
    }

    /// <summary>Takes the next piece.</summary>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !_interpreter.HasFault)
        {
            // A carriage return alone ends a line too: some firmwares take what follows it as a command.
            var end = piece.IndexOfAny((byte)'\n', (byte)'\r');
            var part = end < 0 ? piece : piece[..end];
            if (part.ContainsAny(Binary))
            {
                _interpreter.Refuse("it is binary");
                return;
            }

            if (end < 0)
            {
                Begin(part);
                _afterReturn = false;
                return;
            }

            if (_afterReturn && end == 0 && piece[0] == '\n')
                _afterReturn = false;
            else
                End(part, piece[end] == '\r');
            piece = piece[(end + 1)..];
        }
    }

    /// <summary>The end of the file.</summary>
    public GcodeFindings Finish()
    {
        if (_begun.WrittenCount > 0)
            End(default, false);
        return _interpreter.Findings;
    }

    private void End(ReadOnlySpan<byte> part, bool byReturn)
    {
        _afterReturn = byReturn;
        if (_begun.WrittenCount == 0 && part.Length <= LongestCommand)
        {
            _interpreter.Run(part);
            return;
        }

        if (Begin(part))
            _interpreter.Run(_begun.WrittenSpan);
        _begun.ResetWrittenCount();
        _inComment = false;
    }

    // Of a comment nothing is kept, so it may be as long as it likes.
    private bool Begin(ReadOnlySpan<byte> part)
    {
        if (_inComment)
            return true;
        if (_begun.WrittenCount + part.Length <= LongestCommand)
        {
            _begun.Write(part);
            return true;
        }

        _begun.Write(part[..(LongestCommand - _begun.WrittenCount)]);
        _inComment = _begun.WrittenSpan.IndexOf((byte)';') >= 0;
        if (!_inComment)
            _interpreter.Refuse($"it is longer than {LongestCommand} bytes");
        return _inComment;
    }
}
