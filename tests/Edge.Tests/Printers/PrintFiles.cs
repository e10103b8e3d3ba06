using System.Security.Cryptography;
using System.Text;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Tests.Support;
using Dwapi.Edge.Tests.VirtualPrinters;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>Files that are to be stored on a printer.</summary>
internal static class PrintFiles
{
    /// <summary>A file of G-code in a folder.</summary>
    public static PrintFile Write(TemporaryFolder folder, string name, string content = PrinterBench.Cube)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        File.WriteAllBytes(folder[name], bytes);
        return new PrintFile(folder[name], name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
