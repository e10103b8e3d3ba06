using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Dwapi.VirtualPrinters;

/// <summary>POST /server/files/upload: a file of any size, its checksum, and perhaps the wish to print it at once.</summary>
internal sealed class MoonrakerUpload(VirtualPrinter printer)
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private string? _name;
    private string _digest = "";

    /// <summary>Takes the file and answers as Moonraker does, without an envelope.</summary>
    /// <exception cref="KlipperFault">It is no upload, the checksum differs (422), or the file is in print (403).</exception>
    public async Task<JsonNode> TakeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var temporary = printer.Files.Temporary();
        try
        {
            await ReadAsync(context.Request, temporary, context.RequestAborted).ConfigureAwait(false);
            if (_name is null)
                throw new KlipperFault(400, "No file was uploaded");
            if (_fields.TryGetValue("checksum", out var wanted) && !wanted.Equals(_digest, StringComparison.OrdinalIgnoreCase))
                throw new KlipperFault(422, $"File checksum mismatch: expected {wanted}, calculated {_digest}");
            lock (printer.Gate)
            {
                var answer = Keep(temporary, _fields.GetValueOrDefault("path", "") is { Length: > 0 } path ? $"{path.Trim('/')}/{_name}" : _name);
                context.Response.StatusCode = StatusCodes.Status201Created;
                return answer;
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private JsonObject Keep(string temporary, string name)
    {
        var path = printer.Files.PathOf(name);
        if (printer.Klipper.Print is { IsLoaded: true } print && print.FileName == name)
            throw new KlipperFault(403, $"File is loaded, upload not permitted: {name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
        printer.Uploads++;
        var item = MoonrakerMethods.FileItem(new FileInfo(path), name, "path");
        printer.TellFile("create_file", item.DeepClone());
        var start = _fields.GetValueOrDefault("print") == "true" && !printer.Klipper.Print.IsLoaded && printer.Klipper.State == "ready";
        if (start)
            printer.Start(name);
        return new JsonObject { ["item"] = item, ["print_started"] = start, ["print_queued"] = false, ["action"] = "create_file" };
    }

    private async Task ReadAsync(HttpRequest request, string temporary, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { } boundary)
            throw new KlipperFault(400, "A multipart form is needed");
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
                continue;
            if (disposition.IsFileDisposition())
                await ReadFileAsync(section.Body, temporary, disposition.FileNameStar.Value ?? disposition.FileName.Value ?? "", cancellationToken).ConfigureAwait(false);
            else if (disposition.Name.Value is { } field)
                _fields[field.Trim('"')] = await section.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadFileAsync(Stream body, string temporary, string name, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var file = File.Create(temporary))
        {
            var buffer = new byte[64 * 1024];
            while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                digest.AppendData(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        (_name, _digest) = (name.Trim('"'), Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}
