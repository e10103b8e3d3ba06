using Dwapi.Edge.Printers.Content;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>Lays a model into the slicer's folder, under the extension by which the slicer picks its reader.</summary>
internal static class ModelFiles
{
    /// <summary>Lays it there.</summary>
    /// <returns>Name of the file in the folder.</returns>
    /// <exception cref="SliceException">It is too large, or no model.</exception>
    public static async Task<string> PlaceAsync(string model, string folder, int megabytes, CancellationToken cancellationToken)
    {
        var most = (long)megabytes << 20;
        var kind = FileKinds.Of(model);
        if (new FileInfo(model).Length > most)
            throw TooLarge(megabytes);
        var name = kind switch
        {
            FileKind.Stl => "model.stl",
            FileKind.Obj => "model.obj",
            FileKind.ThreeMf => "model.3mf",
            _ => throw new SliceException(PrintErrorCode.WrongType, "this is no model that can be sliced: send STL, 3MF or OBJ"),
        };
        var place = Path.Combine(folder, name);
        if (kind == FileKind.ThreeMf)
        {
            await ThreeMfPackage.CopyModelAsync(model, place, megabytes, cancellationToken).ConfigureAwait(false);
            return name;
        }

        await using var from = new FileStream(model, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        await using var to = new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await from.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
        return name;
    }

    /// <summary>The model has more bytes than the settings allow.</summary>
    public static SliceException TooLarge(int megabytes) => new(
        PrintErrorCode.SliceFailed, $"the model is larger than {megabytes} MB: simplify it, or raise slicer.modelMegabytes of the edge");
}
