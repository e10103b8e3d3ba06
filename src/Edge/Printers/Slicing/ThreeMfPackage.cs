using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>
/// A 3MF package from outside. Only its models get to the slicer: what else is in there may be settings, and the settings of a slicer name
/// programs to run and G-code of their own.
/// </summary>
internal static class ThreeMfPackage
{
    private const int MostEntries = 1000;
    private const int MostDirectory = 1 << 20;
    private const int EndRecord = 22;
    private const int Locator = 20;
    private const int LargeEndRecord = 56;
    private const int LongestRemark = 0xFFFF;

    /// <summary>Writes a package that holds the models of another one, unpacking not more than allowed.</summary>
    /// <exception cref="SliceException">It is no 3MF, or unpacks to more than is allowed.</exception>
    public static async Task CopyModelAsync(string package, string copy, int megabytes, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new FileStream(package, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
            CheckDirectory(file);
            using var from = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            using var to = new ZipArchive(new FileStream(copy, FileMode.CreateNew), ZipArchiveMode.Create);
            var (left, models, names) = ((long)megabytes << 20, 0, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            foreach (var entry in from.Entries.Where(entry => IsPart(entry.FullName)))
            {
                if (!names.Add(entry.FullName))
                    throw Broken("it has two parts of one name");
                models += entry.FullName.EndsWith(".model", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                left = await CopyAsync(entry, to.CreateEntry(entry.FullName, CompressionLevel.Fastest), left, megabytes, cancellationToken).ConfigureAwait(false);
            }

            if (models == 0)
                throw Broken("there is no model in it");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new SliceException(PrintErrorCode.WrongType, "this is no whole 3MF file: export the model once more", e);
        }
    }

    // The stated sizes are not asked: what counts is what really comes out.
    private static async Task<long> CopyAsync(ZipArchiveEntry from, ZipArchiveEntry to, long left, int megabytes, CancellationToken cancellationToken)
    {
        await using var source = await from.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var target = await to.OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                left -= read;
                if (left < 0)
                    throw ModelFiles.TooLarge(megabytes);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return left;
    }

    private static bool IsPart(string name)
    {
        if (name is "[Content_Types].xml" or "_rels/.rels")
            return true;
        return name.StartsWith("3D/", StringComparison.OrdinalIgnoreCase)
            && (name.EndsWith(".model", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
            && !name.Contains("..", StringComparison.Ordinal) && !name.Contains('\\', StringComparison.Ordinal);
    }

    // Before the directory is read into memory: how long it is, and that it is what lies before the end record.
    private static void CheckDirectory(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, EndRecord + Locator + LongestRemark)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < EndRecord)
            throw Broken("it is cut off");
        var record = tail.AsSpan(at);
        var end = file.Length - tail.Length + at;
        var (entries, size, start) = ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), (ulong)BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), (ulong)BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
        if (start == uint.MaxValue || size == uint.MaxValue || entries == ushort.MaxValue)
            (entries, size, start, end) = Large(file, at < Locator ? default : tail.AsSpan(at - Locator, Locator));
        file.Position = 0;
        if (entries > MostEntries || size > MostDirectory)
            throw Broken($"it has more than {MostEntries} parts");
        if (start + size != (ulong)end)
            throw Broken("its directory is not where it says");
    }

    // Some writers use the records for large files always.
    private static (ulong Entries, ulong Size, ulong Start, long End) Large(FileStream file, ReadOnlySpan<byte> locator)
    {
        if (!locator.StartsWith("PK\x06\x07"u8))
            throw Broken("its end is damaged");
        var place = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (place > (ulong)file.Length)
            throw Broken("its end is damaged");
        file.Position = (long)place;
        var record = new byte[LargeEndRecord];
        file.ReadExactly(record);
        if (!record.AsSpan().StartsWith("PK\x06\x06"u8))
            throw Broken("its end is damaged");
        return (
            BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)), BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(40)),
            BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(48)), (long)place);
    }

    private static SliceException Broken(string why) => new(PrintErrorCode.WrongType, $"this is no 3MF file, {why}: export the model once more");
}
