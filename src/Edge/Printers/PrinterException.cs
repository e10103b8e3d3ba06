using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>A printer did not do what it was asked.</summary>
internal sealed class PrinterException : Exception
{
    /// <summary>With its kind, and what happened and what to do.</summary>
    public PrinterException(PrinterFault fault, string message, Exception? cause = null)
        : base(message, cause) => Fault = fault;

    /// <summary>The kind.</summary>
    public PrinterFault Fault { get; }

    /// <summary>What that makes of a job, where the printer says it.</summary>
    public PrintErrorCode? Code { get; init; }
}
