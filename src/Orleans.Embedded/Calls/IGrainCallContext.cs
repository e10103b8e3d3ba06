using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>One call as filters see it.</summary>
public interface IGrainCallContext
{
    /// <summary>The grain object that is called.</summary>
    object Grain { get; }

    /// <summary>Who calls; null for code outside the grains.</summary>
    GrainId? SourceId { get; }

    /// <summary>Who is called.</summary>
    GrainId TargetId { get; }

    /// <summary>The interface.</summary>
    GrainInterfaceType InterfaceType { get; }

    /// <summary>The full name of the interface.</summary>
    string InterfaceName { get; }

    /// <summary>The name of the method.</summary>
    string MethodName { get; }

    /// <summary>The method of the interface.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result, after <see cref="Invoke"/>; a filter may set another.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter and at last to the method.</summary>
    Task Invoke();
}
