using System.Reflection;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>Describes one method of a grain or observer interface. Made once, by generated code.</summary>
public sealed class ActorMethod
{
    private readonly Type[] _parameterTypes;
    private MethodInfo? _method;

    /// <summary>Describes a method.</summary>
    /// <param name="interfaceType">The interface that declares it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">What its attributes say.</param>
    /// <param name="timeout">Its [ResponseTimeout], or null for the default.</param>
    /// <param name="parameterTypes">The types of its parameters.</param>
    public ActorMethod(Type interfaceType, string name, ActorMethodOptions options, string? timeout, params Type[] parameterTypes)
    {
        InterfaceType = interfaceType;
        Name = name;
        Options = options;
        Timeout = timeout is null ? null : new Orleans.ResponseTimeoutAttribute(timeout).Timeout;
        _parameterTypes = parameterTypes;
    }

    /// <summary>The interface that declares the method.</summary>
    public Type InterfaceType { get; }

    /// <summary>The name of the method.</summary>
    public string Name { get; }

    /// <summary>What its attributes say.</summary>
    public ActorMethodOptions Options { get; }

    /// <summary>How long its caller waits; null is the default of the host.</summary>
    public TimeSpan? Timeout { get; }

    internal bool IsOneWay => (Options & ActorMethodOptions.OneWay) != 0;

    internal bool AlwaysInterleaves => (Options & ActorMethodOptions.AlwaysInterleave) != 0;

    internal bool IsReadOnly => (Options & ActorMethodOptions.ReadOnly) != 0;

    internal bool IsCancellable => (Options & ActorMethodOptions.Cancellable) != 0;

    // Only filters ask for it.
    internal MethodInfo Reflected => _method ??= InterfaceType.GetMethod(Name, _parameterTypes)!;

    /// <inheritdoc />
    public override string ToString() => $"{InterfaceType.Name}.{Name}";
}
