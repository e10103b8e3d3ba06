using System.Reflection;
using Dwapi.Actors.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>One call on its way through the filters to the method.</summary>
internal sealed class CallFilters(PendingCall call, object instance) : IIncomingGrainCallContext
{
    private int _next;

    public object Grain => instance;

    public GrainId? SourceId => call.SourceId;

    public GrainId TargetId => call.TargetId;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    public string InterfaceName => call.Method.InterfaceType.FullName!;

    public string MethodName => call.Method.Name;

    public MethodInfo InterfaceMethod => call.Method.Reflected;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = instance.GetType().GetInterfaceMap(call.Method.InterfaceType);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public IGrainContext TargetContext => call.Activation!;

    public object? Result { get; set; }

    public static async Task Invoke(PendingCall call, object instance)
    {
        var context = new CallFilters(call, instance);
        await context.Invoke();
        call.Filtered = context;
    }

    public async Task Invoke()
    {
        var filters = call.Activation!.Runtime.Filters;
        var at = _next++;
        if (at < filters.Length)
        {
            await filters[at].Invoke(this);
        }
        else if (at == filters.Length && instance is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
        }
        else
        {
            var running = call.InvokeCore(instance, call.Cancellation?.Token ?? default);
            await running;
            Result = call.ResultOf(running);
        }
    }
}
