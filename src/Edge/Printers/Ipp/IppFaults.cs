using Dwapi.Edge.Ipp;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>What refusals of IPP mean here: status codes of an answer, and reasons of a job that ended.</summary>
internal static class IppFaults
{
    /// <summary>True for success, also with attributes left out or replaced.</summary>
    public static bool IsOk(IppMessage answer) => answer.Code < 0x0100;

    /// <summary>The answer as a fault.</summary>
    public static PrinterException Of(IppOperation operation, IppMessage answer)
    {
        var attributes = answer.Group(IppTag.OperationAttributes);
        var status = (IppStatus)answer.Code;
        var words = IppWords.Plain(attributes.Text("status-message"));
        var name = Enum.IsDefined(status) ? status.ToString() : $"0x{answer.Code:x4}";

        // RFC 8011 has a status of its own for it; both samples of the PWG answer with the common one.
        if (status == IppStatus.AttributesOrValuesNotSupported && answer.Group(IppTag.UnsupportedAttributes).Has("document-format"))
            status = IppStatus.DocumentFormatNotSupported;
        return new PrinterException(FaultOf(status), $"the printer refuses {operation} ({name}){(words.Length > 0 ? $": {words}" : "")}")
        {
            Code = status == IppStatus.DocumentAccessError
                ? OfDownload([.. attributes.Texts("document-access-error"), .. attributes.Texts("detailed-status-message"), attributes.Text("status-message")])
                : CodeOf(status),
        };
    }

    /// <summary>Why a job was aborted, by the answer to what gave it its document; null if that does not say.</summary>
    public static PrinterException? OfAborted(IppOperation operation, IppMessage answer)
    {
        if (!IsOk(answer))
            return Of(operation, answer);

        // ippserver of the PWG fetches in vain, says so in words, and calls it a success.
        var words = answer.Group(IppTag.OperationAttributes).Text("status-message");
        if (operation != IppOperation.SendUri || words.Length == 0 || answer.Group(IppTag.JobAttributes).Number("job-state") != (int)IppJobState.Aborted)
            return null;
        return new PrinterException(PrinterFault.Refused, $"the printer aborted the job: {IppWords.Plain(words)}") { Code = OfDownload([words]) };
    }

    /// <summary>Why a job was aborted, by job-state-reasons (RFC 8011 5.3.8, PWG 5100.13); null if they say nothing.</summary>
    public static PrintErrorCode? OfJob(IReadOnlyCollection<string> reasons, IReadOnlyCollection<string> accessErrors, string message)
    {
        foreach (var reason in reasons)
        {
            PrintErrorCode? code = reason switch
            {
                "document-access-error" => OfDownload([.. accessErrors, message]),
                "unsupported-document-format" or "document-format-error" => PrintErrorCode.WrongType,
                "document-unprintable-error" or "document-permission-error" or "document-password-error" or "document-security-error"
                    or "compression-error" or "unsupported-compression" => PrintErrorCode.ModelUnprintable,
                "submission-interrupted" => PrintErrorCode.Interrupted,
                _ => null,
            };
            if (code is not null)
                return code;
        }

        return null;
    }

    private static PrintErrorCode OfDownload(IEnumerable<string> texts) =>
        texts.Any(IppWords.SaysRefused) ? PrintErrorCode.TokenRejected : PrintErrorCode.DownloadFailed;

    private static PrinterFault FaultOf(IppStatus status) => status switch
    {
        IppStatus.Forbidden or IppStatus.NotAuthenticated or IppStatus.NotAuthorized => PrinterFault.Unauthorized,
        IppStatus.Busy or IppStatus.TooManyJobs or IppStatus.NotAcceptingJobs or IppStatus.TemporaryError or IppStatus.ServiceUnavailable => PrinterFault.Busy,
        IppStatus.RequestEntityTooLarge or IppStatus.DocumentFormatNotSupported or IppStatus.DocumentFormatError or IppStatus.CompressionError
            or IppStatus.DocumentPasswordError or IppStatus.DocumentPermissionError or IppStatus.DocumentSecurityError
            or IppStatus.DocumentUnprintableError => PrinterFault.NotTaken,
        _ => PrinterFault.Refused,
    };

    private static PrintErrorCode? CodeOf(IppStatus status) => status switch
    {
        IppStatus.DocumentFormatNotSupported or IppStatus.DocumentFormatError => PrintErrorCode.WrongType,
        IppStatus.CompressionError or IppStatus.DocumentPasswordError or IppStatus.DocumentPermissionError or IppStatus.DocumentSecurityError
            or IppStatus.DocumentUnprintableError => PrintErrorCode.ModelUnprintable,
        IppStatus.UriSchemeNotSupported => PrintErrorCode.DownloadFailed,
        IppStatus.RequestEntityTooLarge => PrintErrorCode.StorageFull,
        _ => null,
    };
}
